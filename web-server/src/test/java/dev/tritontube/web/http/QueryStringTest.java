package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
  @Test
  void readsNamesAndValues() {
    assertEquals(Map.of(), parsed(null));
    assertEquals(Map.of(), parsed("&&"));
    assertEquals(
        Map.of("a b", List.of("c+d=e", ""), "ä", List.of("€")),
        parsed("a+b=c%2Bd=e&&a%20b&%c3%a4=%E2%82%ac"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "a=%", "a=%2", "a=%zz", "%u0041=1", "a=%ff", "a=%ed%a0%80", "a=%c0%af"})
  void whatIsEscapedWronglyIsNoQuery(String query) {
    assertEquals(Optional.empty(), QueryString.parse(query));
  }

  private static Map<String, List<String>> parsed(@Nullable String query) {
    return QueryString.parse(query).orElseThrow();
  }
}

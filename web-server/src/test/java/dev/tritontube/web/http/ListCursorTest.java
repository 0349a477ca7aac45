package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCursorTest {
  @Test
  void findsItsPlaceAgain() {
    String cursor = ListCursor.of("videos", "12", "a title with dots ... and ünïcode");
    assertTrue(cursor.matches("[A-Za-z0-9_-]+"), cursor);
    assertEquals(
        List.of("12", "a title with dots ... and ünïcode"), ListCursor.place(cursor, "videos", 2));
    Instant at = Instant.parse("2026-01-31T12:00:00.123Z");
    assertEquals(
        new ListCursor.Made(at, "abc"),
        ListCursor.made(ListCursor.after("users", at, "abc"), "users"));
  }

  @Test
  void isOfNoUseInAnotherList() {
    String cursor = ListCursor.of("users", "1", "abc");
    assertThrows(IllegalArgumentException.class, () -> ListCursor.place(cursor, "jobs", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "!", "abcd", "LjEuYQ", "💥"})
  void whatNoListGaveIsNone(String cursor) {
    assertThrows(IllegalArgumentException.class, () -> ListCursor.made(cursor, "users"));
  }

  @Test
  void placesThatCannotBeAreNone() {
    for (String[] place : List.of(new String[] {"x", "abc"}, new String[] {"1"})) {
      String cursor = ListCursor.of("users", place);
      assertThrows(IllegalArgumentException.class, () -> ListCursor.made(cursor, "users"));
    }
    String nul = ListCursor.of("videos", "1", "a\0b");
    assertThrows(IllegalArgumentException.class, () -> ListCursor.place(nul, "videos", 2));
  }
}

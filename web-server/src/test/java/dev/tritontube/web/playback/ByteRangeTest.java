package dev.tritontube.web.playback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.playback.ByteRange.Part;
import dev.tritontube.web.playback.ByteRange.Unsatisfiable;
import dev.tritontube.web.playback.ByteRange.Whole;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @Test
  void withoutRangeItIsTheWhole() {
    assertEquals(new Whole(), ByteRange.of(Optional.empty(), 10));
  }

  @Test
  void selectsFromFirstToLastWithinTheContent() {
    assertEquals(new Part(0, 0), range("bytes=0-0"));
    assertEquals(new Part(2, 9), range("bytes=2-"));
    assertEquals(new Part(2, 9), range("bytes=2-99999999999"));
    assertEquals(new Part(2, 9), range("bytes=2-18446744073709551615"));
    assertEquals(new Part(2, 9), range("bytes=0000000000000000000000002-"));
    assertEquals(new Part(0, 9), range("bytes=-18446744073709551615"));
    assertEquals(new Part(7, 9), range("Bytes = -3"));
    assertEquals(new Part(0, 9), range("bytes=-11"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10-",
        "bytes=5-4",
        "bytes=-0",
        "bytes=-",
        "bytes=x",
        "bytes",
        "bytes=99999999999999999999-"
      })
  void whatSelectsNothingIsUnsatisfiable(String header) {
    assertEquals(new Unsatisfiable(), range(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "bytes=0-1,3-4", "bytes=0-1, -2"})
  void otherUnitsAndSeveralRangesAreIgnored(String header) {
    assertEquals(new Whole(), range(header));
  }

  @Test
  void emptyContentSatisfiesNoRange() {
    assertEquals(new Unsatisfiable(), ByteRange.of(Optional.of("bytes=0-"), 0));
  }

  private static ByteRange range(String header) {
    return ByteRange.of(Optional.of(header), 10);
  }
}

package dev.tritontube.web.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.packaging.StillTimes;
import dev.tritontube.web.packaging.Stills;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wishes for frames of a video of ten seconds and 640 x 360.
class FrameWishTest {
  private static Stills.Order order(String body) throws Exception {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(body);
    return FrameWish.of(json, new FrameWish.Source(10_000, 640, 360));
  }

  private static List<Long> millis(String body) throws Exception {
    StillTimes times = order(body).times();
    assertEquals(times, StillTimes.parse(times.text()), "as the catalog has it");
    return times.millis(0, times.count());
  }

  @Test
  void areTimesInOrder() throws Exception {
    assertEquals(List.of(0L, 4000L, 8000L), millis("{\"everySeconds\":4}"));
    assertEquals(List.of(0L, 5000L), millis("{\"everySeconds\":5}"));
    assertEquals(List.of(0L), millis("{\"everySeconds\":1000}"));
    assertEquals(List.of(0L, 3333L, 6666L), millis("{\"count\":3}"));
    assertEquals(List.of(0L, 3000L, 3001L, 10_000L), millis("{\"times\":[10,3.0006,3,0,3.0004]}"));
    assertEquals(10_000, millis("{\"everySeconds\":0.001}").size());
    assertEquals(9999L, millis("{\"count\":10000}").getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"everySeconds\":null}",
        "{\"count\":1,\"times\":[1]}",
        "{\"count\":0}",
        "{\"count\":10001}",
        "{\"count\":1.5}",
        "{\"everySeconds\":0}",
        "{\"everySeconds\":-1}",
        "{\"everySeconds\":0.0004}",
        "{\"everySeconds\":\"1\"}",
        "{\"times\":[]}",
        "{\"times\":1}",
        "{\"times\":[10.001]}",
        "{\"times\":[-0.001]}",
        "{\"times\":[1e300]}",
        "{\"times\":[null]}",
        "{\"count\":1,\"format\":\"gif\"}",
        "{\"count\":1,\"width\":0}",
        "{\"count\":1,\"fps\":1}"
      })
  void makeSense(String body) {
    ProblemException problem = assertThrows(ProblemException.class, () -> order(body));
    assertEquals(400, problem.problem().status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"width\":99999|640x360",
        "\"height\":9999|640x360",
        "\"width\":333|333x187",
        "\"height\":90|160x90",
        "\"width\":320,\"height\":1|2x1",
        "\"width\":null|640x360"
      })
  void areForPicturesNoLargerThanTheVideos(String wish, String size) throws Exception {
    Stills.Order order = order("{\"count\":1," + wish + "}");
    assertEquals(size, order.width() + "x" + order.height());
  }

  @Test
  void areNoLargerThanAnyPictureThoughTheVideoIsWideOnceItsPixelsAreSquare() throws Exception {
    Stills.Order order =
        FrameWish.of(
            (ObjectNode) new ObjectMapper().readTree("{\"count\":1}"),
            new FrameWish.Source(10_000, 2 * 8192, 4320));
    assertEquals(3.79, (double) order.width() / order.height(), 0.01);
    assertTrue(order.width() > 8192);
  }
}

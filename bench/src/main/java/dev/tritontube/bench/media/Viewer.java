package dev.tritontube.bench.media;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Browser;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;

/// Somebody at the measuring page, with the player's library loaded. For one thread.
final class Viewer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Browser browser;

  /// When the manifest was there and when the first frame was shown, in milliseconds since 1970.
  record Start(long manifestMillis, long frameMillis) {}

  /// @param complaint why it did not come to its end, if so
  /// @param stalls gaps of more than half a second between frames
  /// @param ranges the most buffered ranges at any time; 1 = without a hole
  record Ending(
      boolean ended,
      @Nullable String complaint,
      int stalls,
      long stalledMillis,
      int ranges,
      int frames,
      int dropped) {}

  private Viewer(Browser browser) {
    this.browser = browser;
  }

  static Viewer open(Browser browser, URI page) throws IOException {
    Viewer viewer = new Viewer(browser);
    browser.open(page);
    viewer.ask("bench.ready()", Boolean.class, Duration.ofSeconds(30));
    return viewer;
  }

  /// Asks for the manifest until it is there and plays it.
  Start start(URI manifest, Duration patience) throws IOException {
    return ask("bench.start(arguments[0])", Start.class, patience, manifest.toString());
  }

  /// Moves to a share of the length, once a second was shown; and a second further, since whole
  /// shares of round lengths are where segments begin, where frames are found soonest.
  ///
  /// @return milliseconds to the next frame from there
  long seek(double share, Duration patience) throws IOException {
    return ask("bench.seek(arguments[0])", Long.class, patience, share);
  }

  Ending toTheEnd(Duration patience) throws IOException {
    Duration longer = patience.plusSeconds(10);
    return ask("bench.toTheEnd(arguments[0])", Ending.class, longer, patience.toMillis());
  }

  /// Stops whatever the page does.
  void leave() {
    browser.open(URI.create("about:blank"));
  }

  /// @param promise an expression
  private <T> T ask(String promise, Class<T> type, Duration patience, Object... arguments)
      throws IOException {
    browser.patience(patience);
    try {
      Object answer =
          browser.script(
              "return " + promise + ".then((value) => JSON.stringify(value))", arguments);
      return JSON.readValue(String.valueOf(answer), type);
    } catch (WebDriverException e) {
      throw new IOException(String.valueOf(e.getRawMessage()).lines().findFirst().orElse(""), e);
    }
  }
}

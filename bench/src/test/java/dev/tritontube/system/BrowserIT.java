package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// The watch page in a real browser: the players reach the end, also after seeks.
class BrowserIT {
  private static final int CLIP_SECONDS = 12;

  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static String video;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    video = Videos.completed(cluster.rest(), Clips.make(folder, CLIP_SECONDS, "854x480"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls"})
  void playsToTheEnd(String player) throws Exception {
    try (Browser browser = new Browser()) {
      browser.open(watchPage(player));
      browser.awaitPlaying();

      Eventually.within(
          Duration.ofSeconds(60),
          "the clip ends",
          () -> Boolean.TRUE.equals(browser.video("ended")));

      assertEquals(CLIP_SECONDS, browser.seconds("duration"), 0.05);
      assertTrue(browser.droppedShare() < 0.5, "most frames were shown");
      assertNull(browser.video("error"));
      assertEquals(List.of(), browser.severeLogLines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "hls"})
  void playsAfterSeeksForwardAndBack(String player) throws Exception {
    try (Browser browser = new Browser()) {
      browser.open(watchPage(player));
      browser.awaitPlaying();
      for (double position : new double[] {9.5, 2.5, 7.0}) {
        browser.seek(position);
        Eventually.within(
            Duration.ofSeconds(30),
            "it plays on from " + position,
            () ->
                browser.seconds("currentTime") > position + 0.5
                    && Boolean.FALSE.equals(browser.video("seeking")));
      }
      Eventually.within(
          Duration.ofSeconds(60),
          "the clip ends",
          () -> Boolean.TRUE.equals(browser.video("ended")));
      assertNull(browser.video("error"));
    }
  }

  private static String watchPage(String player) {
    return cluster.webUri().resolve("/watch/" + video + "?player=" + player).toString();
  }

  /// Debian's Chromium without a window.
  private static final class Browser implements AutoCloseable {
    private final ChromeDriver driver;

    Browser() {
      ChromeOptions options = new ChromeOptions();
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--mute-audio",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--autoplay-policy=no-user-gesture-required");
      options.setCapability("goog:loggingPrefs", Map.of("browser", "SEVERE"));
      options.setBinary(System.getProperty("tritontube.chromium", "/usr/bin/chromium"));
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(
                  Path.of(System.getProperty("tritontube.chromedriver", "/usr/bin/chromedriver"))
                      .toFile())
              .usingAnyFreePort()
              .build();
      driver = new ChromeDriver(service, options);
    }

    void open(String address) {
      driver.get(address);
    }

    void awaitPlaying() throws InterruptedException {
      Eventually.within(
          Duration.ofSeconds(30),
          "it plays",
          () -> seconds("currentTime") > 0.3 && Boolean.FALSE.equals(video("paused")));
    }

    @Nullable Object video(String property) {
      return script("return document.querySelector('video')." + property);
    }

    double seconds(String property) {
      return number(video(property));
    }

    void seek(double position) {
      script("document.querySelector('video').currentTime = " + position);
    }

    double droppedShare() {
      Object share =
          script(
              "const q = document.querySelector('video').getVideoPlaybackQuality();"
                  + "return q.totalVideoFrames ? q.droppedVideoFrames / q.totalVideoFrames : 1");
      return number(share);
    }

    private static double number(@Nullable Object value) {
      return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    List<String> severeLogLines() {
      return driver.manage().logs().get("browser").getAll().stream()
          .map(entry -> entry.getMessage())
          .toList();
    }

    private @Nullable Object script(String script) {
      return ((JavascriptExecutor) driver).executeScript(script);
    }

    @Override
    public void close() {
      driver.quit();
    }
  }
}

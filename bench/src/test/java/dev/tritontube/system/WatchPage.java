package dev.tritontube.system;

import dev.tritontube.local.Browser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A watch page in a browser of its own.
final class WatchPage implements AutoCloseable {
  /// With scripts, on a machine that is full.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String THUMBNAIL =
      """
      const [name, manifest, seconds] = arguments;
      const url = location.pathname.replace('/watch/', '/api/v1/videos/') + '/' + manifest;
      const video = document.createElement('video');
      const finders = {
        dash: () => new Promise((resolve, reject) => {
          const player = dashjs.MediaPlayer().create();
          player.on('error', (event) => reject(new Error(event.error.message)));
          player.on('streamInitialized', () => player.provideThumbnail(seconds, resolve));
          player.initialize(video, url, false);
        }),
        shaka: async () => {
          const player = new shaka.Player();
          await player.attach(video);
          await player.load(url);
          const found = await player.getThumbnails(player.getImageTracks()[0].id, seconds);
          return { ...found, url: found.uris[0], x: found.positionX, y: found.positionY };
        },
      };
      return finders[name]().then(async ({ url, x, y, width, height }) => {
        const sheet = new Image();
        sheet.src = url;
        await sheet.decode();
        return `${x},${y} ${width}x${height} of ${sheet.naturalWidth}x${sheet.naturalHeight}`;
      });
      """;

  private final Browser browser = new Browser();

  /// @param server the web server
  /// @param player as the page knows it: `dash`, `hls` or `shaka`
  static WatchPage open(URI server, String video, String player) {
    WatchPage page = new WatchPage();
    page.browser.patience(PATIENCE);
    page.browser.open(server.resolve("/watch/" + video + "?player=" + player));
    return page;
  }

  void awaitPlaying() throws InterruptedException {
    Eventually.holds(
        "it plays", () -> seconds("currentTime") > 0.3 && Boolean.FALSE.equals(video("paused")));
  }

  void awaitEnd() throws InterruptedException {
    Eventually.holds("the clip ends", () -> Boolean.TRUE.equals(video("ended")));
  }

  /// Moves on or back, and waits until it plays from there.
  void seek(double position) throws InterruptedException {
    browser.script("document.querySelector('video').currentTime = " + position);
    Eventually.holds(
        "it plays on from " + position,
        () -> seconds("currentTime") > position + 0.5 && Boolean.FALSE.equals(video("seeking")));
  }

  /// Waits until it has played up to there.
  void awaitPosition(double position) throws InterruptedException {
    Eventually.holds("it plays up to " + position, () -> seconds("currentTime") >= position);
  }

  /// Up to where it can play without a hole from a position on; NaN when it has nothing there.
  double bufferedFrom(double position) {
    return number(
        browser.script(
            "const b = document.querySelector('video').buffered;"
                + "for (let i = 0; i < b.length; i++) {"
                + "  if (b.start(i) <= arguments[0] && arguments[0] < b.end(i)) return b.end(i);"
                + "} return null",
            position));
  }

  /// What a player of its own finds for a time, and how large the sheet is that it is on.
  ///
  /// @param player whose library the page has
  /// @param manifest of the video of the page
  String thumbnail(String player, String manifest, double seconds) {
    return String.valueOf(browser.script(THUMBNAIL, player, manifest, seconds));
  }

  /// Runs the body of a function, in which `playing` is the page's player.
  @Nullable Object script(String body, Object... arguments) {
    return browser.script(body, arguments);
  }

  @Nullable Object video(String property) {
    return browser.script("return document.querySelector('video')." + property);
  }

  double seconds(String property) {
    return number(video(property));
  }

  double droppedShare() {
    return number(
        browser.script(
            "const q = document.querySelector('video').getVideoPlaybackQuality();"
                + "return q.totalVideoFrames ? q.droppedVideoFrames / q.totalVideoFrames : 1"));
  }

  /// Whether the page's player plays, not the browser by itself.
  boolean playsByMediaSource() {
    return String.valueOf(video("currentSrc")).startsWith("blob:");
  }

  List<String> complaints() {
    return browser.severeLogLines();
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Override
  public void close() {
    browser.close();
  }
}

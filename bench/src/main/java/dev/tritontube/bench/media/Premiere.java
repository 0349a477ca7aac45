package dev.tritontube.bench.media;

import dev.tritontube.local.Browser;
import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.TimedBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Uploads clips while somebody waits for them with a player that is loaded already. Each is
/// deleted after it was watched, and the next begins when nothing is encoded any more.
record Premiere(LocalCluster cluster, PageServer pages, Browser browser) {
  private static final Duration QUIET = Duration.ofMillis(500);

  /// Seconds from the last byte of the upload until the manifest was there, and until the first
  /// frame was shown.
  ///
  /// @param video its address, with a slash at its end
  record Start(URI video, double manifestSeconds, double frameSeconds) {}

  /// What is done after the first frame.
  interface Watching<T> {
    T watch(Clip clip, Viewer viewer, Start start) throws IOException;
  }

  /// @throws IOException when it does not play
  <T> T show(Clip clip, Player player, Watching<T> watching)
      throws IOException, InterruptedException {
    Viewer viewer = Viewer.open(browser, pages.page(player));
    RestClient rest = cluster.rest();
    TimedBody upload = new TimedBody(clip.body());
    String id = rest.upload(upload, clip.title()).get("id").asText();
    try {
      URI video = rest.resolve("/api/v1/videos/" + id + "/");
      Viewer.Start start = viewer.start(video.resolve(player.manifest()), patience(clip));
      return watching.watch(clip, viewer, since(upload.lastByteMillis(), video, start));
    } finally {
      viewer.leave();
      rest.delete(id);
      awaitQuiet();
    }
  }

  /// Enough for a server that encodes a whole size before anything plays.
  static Duration patience(Clip clip) {
    return Duration.ofMinutes(1).plus(clip.length());
  }

  /// One more who watches what is shown, in a browser of its own, from the beginning.
  Viewer join(Browser other, Clip clip, Player player, URI video) throws IOException {
    Viewer viewer = Viewer.open(other, pages.page(player));
    viewer.start(video.resolve(player.manifest()), patience(clip));
    return viewer;
  }

  private static Start since(long millis, URI video, Viewer.Start start) {
    return new Start(
        video, (start.manifestMillis() - millis) / 1e3, (start.frameMillis() - millis) / 1e3);
  }

  /// Waits until no server has run another program for a while.
  private void awaitQuiet() throws InterruptedException {
    long quietSince = System.nanoTime();
    while (System.nanoTime() - quietSince < QUIET.toNanos()) {
      Thread.sleep(Duration.ofMillis(50));
      if (cluster.processes().stream().anyMatch(Premiere::runsOthers)) {
        quietSince = System.nanoTime();
      }
    }
  }

  private static boolean runsOthers(ChildProcess server) {
    return ProcessHandle.of(server.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .findAny()
        .isPresent();
  }
}

package dev.tritontube.bench.crowd;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.dash.DashReader;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.RestClient.UnexpectedAnswer;
import dev.tritontube.local.TimedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/// Uploads a clip and begins to play it as soon as that can be done.
record Uploader(RestClient rest, Fetcher fetcher, Path clip) implements Callable<Arrival> {
  /// How long somebody waits for a clip to play.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// Fifty clients that ask more often would be a load of their own.
  private static final Duration POLL = Duration.ofMillis(400);

  private static final Duration COMES_AGAIN = Duration.ofSeconds(5);
  private static final int TRIES = 10;

  private record Sent(String id, int refusals, TimedBody body, long answeredMillis) {}

  @Override
  public Arrival call() throws InterruptedException {
    String title = clip.getFileName().toString();
    long begun = System.currentTimeMillis();
    try {
      Sent sent = upload(title);
      URI address = rest.resolve("/api/v1/videos/" + sent.id + "/manifest.mpd");
      DashManifest manifest = DashReader.read(address, awaitManifest(address));
      long manifestMillis = System.currentTimeMillis();
      begin(fetcher, manifest);
      double last = sent.body.lastByteMillis();
      return new Arrival(
          title,
          sent.id,
          sent.refusals,
          (sent.answeredMillis - last) / 1e3,
          (manifestMillis - last) / 1e3,
          (System.currentTimeMillis() - last) / 1e3,
          (System.currentTimeMillis() - begun) / 1e3,
          null);
    } catch (IOException e) {
      return new Arrival(title, "", 0, 0, 0, 0, 0, title + ": " + e.getMessage());
    }
  }

  private Sent upload(String title) throws IOException, InterruptedException {
    for (int refusals = 0; ; refusals++) {
      TimedBody body = new TimedBody(BodyPublishers.ofFile(clip));
      try {
        String id = rest.upload(body, title).get("id").asText();
        return new Sent(id, refusals, body, System.currentTimeMillis());
      } catch (UnexpectedAnswer e) {
        if (e.status() != 503 || refusals == TRIES) {
          throw e;
        }
        Thread.sleep(COMES_AGAIN);
      }
    }
  }

  private byte[] awaitManifest(URI address) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<byte[]> answer = rest.get(address.toString());
    while (answer.statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no manifest, but status " + answer.statusCode());
      }
      Thread.sleep(POLL);
      answer = rest.get(address.toString());
    }
    return answer.body();
  }

  /// The first segment of each track, in the smallest size.
  private static void begin(Fetcher fetcher, DashManifest manifest)
      throws IOException, InterruptedException {
    List<Callable<Fetcher.Fetched>> firsts = new ArrayList<>();
    for (AdaptationSet set : manifest.sets()) {
      Representation smallest =
          set.representations().stream()
              .min(Comparator.comparingLong(Representation::bandwidth))
              .orElseThrow();
      firsts.add(() -> fetcher.get(smallest.init()));
      firsts.add(() -> fetcher.get(smallest.media().getFirst()));
    }
    Together.run(firsts);
  }
}

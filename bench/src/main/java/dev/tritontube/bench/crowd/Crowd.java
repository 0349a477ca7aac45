package dev.tritontube.bench.crowd;

import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// A crowd: many clips are uploaded at once while others watch, after an hour-long film was
/// uploaded, of which all is still to be encoded. Half of those who watch have a line that takes
/// only what was encoded for such lines. Two of them watch the film. For one thread.
public final class Crowd {
  private static final int LIBRARY_SECONDS = 120;
  private static final int REHEARSALS = 4;
  private static final long SLOW_BITS_PER_SECOND = 2_500_000;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration POLL = Duration.ofMillis(500);

  /// Those who watch come one after the other, and have been at it for a while when the crowd
  /// comes.
  private static final Duration APART = Duration.ofMillis(300);

  private static final Duration BEFORE = Duration.ofSeconds(10);

  /// They watch on, so that what is encoded after the rush is seen to disturb nobody either.
  private static final Duration AFTER = Duration.ofSeconds(60);

  private final RestClient rest;
  private final PlaybackCheck catalog;
  private final Sources sources;
  private final Size size;
  private final List<URI> library = new ArrayList<>();
  private final List<URI> films = new ArrayList<>();
  private final List<Path> clips = new ArrayList<>();

  /// @param filmSeconds a multiple of 5
  public record Size(int filmSeconds, int watchers, int uploads) {
    /// What is promised.
    public static final Size PROMISED = new Size(3600, 20, 50);
  }

  /// What became of all.
  public record Report(List<Arrival> arrivals, List<Viewing> viewings) {}

  /// @param folder has room for what is uploaded, which is deleted when it was
  public Crowd(RestClient rest, Path folder, Size size) {
    this.rest = rest;
    this.catalog = new PlaybackCheck(rest);
    this.sources = new Sources(folder);
    this.size = size;
  }

  /// Uploads what will be watched, then the film, and makes the clips.
  ///
  /// @return the address below which a video is that is encoded and watched
  public URI prepare() throws IOException, InterruptedException {
    for (int number = 0; number < size.uploads; number++) {
      clips.add(sources.clip(number));
    }
    for (Path file : sources.library(LIBRARY_SECONDS)) {
      library.add(upload(file));
    }
    for (URI video : library) {
      await(() -> status(video).equals("COMPLETED"), video + " is encoded");
    }
    URI film = upload(sources.film(size.filmSeconds));
    films.add(film);
    await(() -> hasSmallSize(film), "some of the film is there");
    return library.getFirst();
  }

  /// Lets as many clips come all at once, some times over, and deletes them: what servers that have
  /// just been started spend on compiling their code is more than they spend on clips.
  public void rehearse() throws IOException, InterruptedException {
    try (HttpClient http = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int number = size.uploads;
      for (int rehearsal = 0; rehearsal < REHEARSALS; rehearsal++) {
        List<Path> others = new ArrayList<>();
        for (int i = 0; i < size.uploads; i++) {
          others.add(sources.clip(number++));
        }
        for (Arrival arrival : all(uploads(threads, http, others))) {
          if (arrival.complaint() != null) {
            throw new IOException(arrival.complaint());
          }
          rest.delete(arrival.id());
        }
        for (Path clip : others) {
          Files.delete(clip);
        }
      }
    }
  }

  private URI upload(Path file) throws IOException {
    String id = rest.upload(file, file.getFileName().toString()).get("id").asText();
    Files.delete(file);
    return rest.resolve("/api/v1/videos/" + id + "/");
  }

  private String status(URI video) throws IOException {
    return rest.video(id(video)).get("status").asText();
  }

  private static String id(URI video) {
    return Path.of(video.getPath()).getFileName().toString();
  }

  /// What a slow line takes; before, the manifest has none, and players do not ask for it again.
  private boolean hasSmallSize(URI video) throws IOException {
    URI address = video.resolve("manifest.mpd");
    return rest.get(address.toString()).statusCode() == 200
        && catalog.dash(address).sets().stream().allMatch(Crowd::hasSmallSize);
  }

  private static boolean hasSmallSize(AdaptationSet set) {
    return set.representations().stream()
        .anyMatch(representation -> 2 * representation.bandwidth() < SLOW_BITS_PER_SECOND);
  }

  /// Lets the crowd in, and waits until all clips play.
  public Report open() throws InterruptedException {
    AtomicBoolean enough = new AtomicBoolean();
    try (HttpClient http = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Viewing>> viewings = new ArrayList<>();
      List<Arrival> arrived;
      try {
        for (int number = 0; number < size.watchers; number++) {
          viewings.add(threads.submit(watcher(number, http, enough)));
          Thread.sleep(APART);
        }
        Thread.sleep(BEFORE);
        arrived = all(uploads(threads, http, clips));
        Thread.sleep(AFTER);
      } finally {
        enough.set(true); // Whatever happened: who watches is waited for.
      }
      return new Report(arrived, all(viewings));
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  private List<Future<Arrival>> uploads(
      ExecutorService threads, HttpClient http, List<Path> files) {
    List<Future<Arrival>> arrivals = new ArrayList<>();
    for (Path clip : files) {
      Fetcher fetcher = new Fetcher(http, new Line(Line.UNLIMITED));
      arrivals.add(threads.submit(new Uploader(rest, fetcher, clip)));
    }
    return arrivals;
  }

  private Callable<Viewing> watcher(int number, HttpClient http, AtomicBoolean enough) {
    boolean slow = number % 2 == 1;
    boolean film = number < 2;
    List<URI> videos = film ? films : library;
    URI video = videos.get(number / 2 % videos.size());
    return new Watcher(
        "watcher %d of %s%s"
            .formatted(number, film ? "the film" : video.getPath(), slow ? ", slow line" : ""),
        catalog,
        video.resolve("manifest.mpd"),
        film ? number / 2.0 : number / (2.0 * size.watchers),
        new Fetcher(http, new Line(slow ? SLOW_BITS_PER_SECOND : Line.UNLIMITED)),
        enough::get);
  }

  private static <T> List<T> all(List<Future<T>> futures) throws InterruptedException {
    List<T> all = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        all.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return all;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String what)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not within " + PATIENCE + ": " + what);
      }
      Thread.sleep(POLL);
    }
  }
}

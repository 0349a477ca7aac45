package dev.tritontube.bench.media;

import dev.tritontube.bench.crowd.Arrival;
import dev.tritontube.bench.crowd.Crowd;
import dev.tritontube.bench.crowd.Crowd.Report;
import dev.tritontube.bench.crowd.Viewing;
import dev.tritontube.local.Browser;
import dev.tritontube.local.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// How soon clips play that are uploaded all at once, after a film, and whether those who watch
/// meanwhile notice it. One of them has a real browser; the others only fetch what players fetch.
final class CrowdBench {
  private static final Duration WATCHED = Duration.ofMinutes(10);

  private final LocalCluster cluster;
  private final Path folder;

  CrowdBench(LocalCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /// @param cold of servers that have just been started
  void measure(int filmSeconds, boolean cold) throws IOException, InterruptedException {
    int watchers = Crowd.Size.PROMISED.watchers() - 1;
    Crowd crowd =
        new Crowd(
            cluster.rest(),
            folder,
            new Crowd.Size(filmSeconds, watchers, Crowd.Size.PROMISED.uploads()));
    URI watched = crowd.prepare();
    if (!cold) {
      crowd.rehearse();
    }
    try (PageServer pages = new PageServer(cluster.webUri());
        Browser browser = new Browser();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
      Future<Viewer.Ending> inBrowser = threads.submit(() -> watch(browser, pages, watched));
      Report report = crowd.open();
      arrivals(report.arrivals());
      viewings(report.viewings());
      inBrowser(inBrowser.get());
    } catch (ExecutionException e) {
      throw new IOException("the browser could not play: " + e.getCause(), e);
    }
  }

  private Viewer.Ending watch(Browser browser, PageServer pages, URI video) throws IOException {
    Viewer viewer = Viewer.open(browser, pages.page(Player.DASH));
    viewer.start(video.resolve(Player.DASH.manifest()), WATCHED);
    return viewer.toTheEnd(WATCHED);
  }

  private static void arrivals(List<Arrival> arrivals) {
    complain(arrivals.stream().map(Arrival::complaint));
    List<Arrival> playing =
        arrivals.stream().filter(arrival -> arrival.complaint() == null).toList();
    Rows rows =
        new Rows(
            System.out,
            "Seconds from the last byte of an upload, all uploads at once",
            "until",
            "uploads",
            "median",
            "p95",
            "worst");
    String count = playing.size() + "/" + arrivals.size();
    rows(rows, "it is answered", count, playing, Arrival::answeredSeconds);
    rows(rows, "there is a manifest", count, playing, Arrival::manifestSeconds);
    rows(rows, "it plays", count, playing, Arrival::playsSeconds);
    rows(rows, "it plays, since it began", count, playing, Arrival::inAllSeconds);
    System.out.printf(
        "%nuploads told to come again: %d%n", arrivals.stream().mapToInt(Arrival::refusals).sum());
  }

  private static void rows(
      Rows rows,
      String name,
      String count,
      List<Arrival> arrivals,
      ToDoubleFunction<Arrival> figure) {
    Spread spread = Spread.of(arrivals.stream().map(figure::applyAsDouble).toList());
    rows.add(name, count, spread.median(), spread.p95(), spread.worst());
  }

  private static void viewings(List<Viewing> viewings) {
    complain(viewings.stream().map(Viewing::complaint));
    Rows rows =
        new Rows(
            System.out,
            "Those who watched meanwhile; a stall is any time without pictures or sound to show",
            "player",
            "watchers",
            "gave up",
            "stalls",
            "longest s");
    rows.add(
        "HTTP, half on 2.5 Mb/s",
        viewings.size(),
        viewings.stream().filter(viewing -> viewing.complaint() != null).count(),
        viewings.stream().mapToInt(Viewing::stalls).sum(),
        viewings.stream().mapToDouble(Viewing::longestStallSeconds).max().orElse(0));
    viewings.stream()
        .filter(viewing -> viewing.stalls() > 0)
        .forEach(
            viewing ->
                System.out.printf(
                    "%s: %d stalls, the longest of %.2f s%n",
                    viewing.what(), viewing.stalls(), viewing.longestStallSeconds()));
  }

  private static void inBrowser(Viewer.Ending ending) {
    complain(Stream.ofNullable(ending.complaint()));
    Rows rows =
        new Rows(
            System.out,
            "One more in Chromium; a stall is more than half a second without a new frame",
            "player",
            "ended",
            "stalls",
            "stalled s",
            "ranges",
            "frames",
            "dropped");
    rows.add(
        Player.DASH.title(),
        ending.ended() ? "yes" : "no",
        ending.stalls(),
        ending.stalledMillis() / 1e3,
        ending.ranges(),
        ending.frames(),
        ending.dropped());
  }

  private static void complain(Stream<String> complaints) {
    complaints.filter(Objects::nonNull).forEach(System.err::println);
  }
}

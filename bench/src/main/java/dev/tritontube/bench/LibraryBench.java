package dev.tritontube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import dev.tritontube.web.catalog.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tritontube bench library`: how long pages of large libraries take.
@Command(
    name = "library",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "Pages of 20 of libraries of 10 thousand to a million videos, over REST",
    footer = {
      "",
      "The videos are put straight into the catalog. A million take minutes and 2 GB of disk.",
      "Clients and server share this machine; CPU is what the server spends on a request."
    })
public final class LibraryBench implements Callable<Integer> {
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final String ROW = "| %9s | %-44s | %10s | %8s | %8s | %8s |%n";

  @Option(
      names = "--videos",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description = "how many there are, in rising order (default: ${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--clients",
      defaultValue = "16",
      description = "at once (default: ${DEFAULT-VALUE})")
  private int clients;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "for each row (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--answer-cache-bytes",
      defaultValue = "0",
      description = "0: every page is made anew (default: ${DEFAULT-VALUE})")
  private String kept = "";

  @Option(names = "--only", defaultValue = "", description = "rows whose name has this in it")
  private String only = "";

  @Override
  public Integer call() throws Exception {
    TemporaryCluster temporary = TemporaryCluster.start();
    LocalCluster cluster = temporary.cluster();
    packageOne(cluster.rest(), temporary.folder());
    System.out.printf(ROW, "videos", "page of 20", "requests/s", "p50 ms", "p99 ms", "CPU ms");
    System.out.printf(ROW, "--:", "---", "--:", "--:", "--:", "--:");
    cluster.web().stop(STOP);
    try (Database catalog = Database.open(cluster.data().resolve("catalog.db"))) {
      SyntheticLibrary library = new SyntheticLibrary(catalog.jdbi());
      for (int size : sizes) {
        Instant begin = Instant.now();
        library.fill(size);
        System.err.printf(
            "filled to %d in %d s%n", size, Duration.between(begin, Instant.now()).toSeconds());
        cluster.startWeb(Map.of("TRITONTUBE_ROLES", "web", "TRITONTUBE_ANSWER_CACHE_BYTES", kept));
        measure(cluster, size);
        cluster.web().stop(STOP);
      }
    }
    return 0;
  }

  /// One real video, to copy from.
  private static void packageOne(RestClient rest, Path folder)
      throws IOException, InterruptedException {
    Path clip = SampleClip.make(folder.resolve("clip.mp4"), Duration.ofSeconds(4));
    String id = rest.upload(clip, "real").get("id").asText();
    for (JsonNode video = rest.video(id);
        !video.get("status").asText().equals("COMPLETED");
        video = rest.video(id)) {
      if (video.get("status").asText().equals("FAILED")) {
        throw new IOException("the clip could not be encoded: " + video.get("error"));
      }
      Thread.sleep(Duration.ofMillis(200));
    }
    Files.delete(clip);
  }

  private void measure(LocalCluster cluster, int size) throws Exception {
    CpuClock cpu = new CpuClock(List.of(cluster.web().pid()));
    ClosedLoop loop = new ClosedLoop(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    for (var row : rows(cluster.rest()).entrySet()) {
      if (!row.getKey().contains(only)) {
        continue;
      }
      String path = "/api/v1/videos?" + row.getValue();
      String header = row.getKey().contains("administrator") ? authorization(cluster) : "";
      Figures figures =
          loop.run(n -> new HttpGets(cluster.rest().resolve(path), header), clients, cpu);
      long bytes;
      try (HttpGets once = new HttpGets(cluster.rest().resolve(path), header)) {
        bytes = once.request();
      }
      System.out.printf(
          Locale.ROOT,
          ROW,
          size,
          row.getKey(),
          Math.round(figures.megabytesPerSecond() * 1e6 / bytes),
          "%.1f".formatted(figures.medianMillis()),
          "%.1f".formatted(figures.p99Millis()),
          "%.2f".formatted(figures.cpuSecondsPerGb() * bytes / 1e6));
    }
  }

  private static String authorization(LocalCluster cluster) throws IOException {
    return "Authorization: Bearer " + Files.readString(cluster.keyFile()).strip() + "\r\n";
  }

  private static Map<String, String> rows(RestClient rest) throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("newest", "");
    rows.put("newest, as administrator", "");
    rows.put("newest, the 50th page", "cursor=" + deep(rest, ""));
    for (String sort :
        List.of(
            "createdAt", "title", "-title", "durationSeconds", "-durationSeconds", "-sizeBytes")) {
      rows.put("sort " + sort, "sort=" + sort);
    }
    rows.put("sort title, the 50th page", "sort=title&cursor=" + deep(rest, "&sort=title"));
    rows.put("status FAILED (1 in 200)", "status=FAILED");
    rows.put("status COMPLETED", "status=COMPLETED");
    rows.put("visibility public", "visibility=public");
    rows.put("an owner", "owner=owner7");
    rows.put("a frequent tag", "tag=tag1");
    rows.put("a rare tag", "tag=tag777");
    rows.put("a day", "createdAfter=2023-11-15T00:00:00Z&createdBefore=2023-11-16T00:00:00Z");
    rows.put("length of 10 to 11 minutes", "minDuration=600&maxDuration=660");
    rows.put("length of less than a second", "maxDuration=1");
    rows.put("status FAILED, sort title", "status=FAILED&sort=title");
    rows.put("a frequent tag, sort -durationSeconds", "tag=tag1&sort=-durationSeconds");
    rows.put("a rare word", "q=rare");
    rows.put("a middling word (2 %)", "q=middling");
    rows.put("a word in nearly every title", "q=video");
    rows.put("a word in nearly every title and a rare one", "q=video%20rare");
    rows.put("a middling word, sort title", "q=middling&sort=title");
    rows.put("a word in nearly every title, sort title", "q=video&sort=title");
    return rows;
  }

  private static String deep(RestClient rest, String parameters) throws IOException {
    String cursor = "";
    for (int page = 0; page < 10; page++) {
      String next = cursor.isEmpty() ? "" : "&cursor=" + cursor;
      cursor = rest.json("/api/v1/videos?limit=100" + parameters + next).get("nextCursor").asText();
    }
    return cursor;
  }
}

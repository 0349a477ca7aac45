package dev.tritontube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.bench.media.MediaBench;
import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tritontube bench`: one table of the data path. Blobs through the ring's client, the same bytes
/// over HTTP with the segment cache on and off, uploads, nginx with the same file, and bare TCP.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "The data path, beside nginx and bare TCP, in one table",
    subcommands = {MediaBench.class, LibraryBench.class},
    footer = {
      "",
      "CPU s/GB is user and system time of the processes that serve (and of the ring's client where it is the client),",
      "per 10^9 bytes of payload. Compare rows of one run; the machine, its disk and its neighbours are in every figure."
    })
public final class Bench implements Callable<Integer> {
  private static final int[] SIZES = {64 << 10, 1 << 20, 8 << 20};

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "for each row (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--clients",
      split = ",",
      defaultValue = "1,4,16",
      description = "at once (default: ${DEFAULT-VALUE})")
  private List<Integer> clients = List.of();

  @Option(names = "--only", defaultValue = "", description = "rows whose name has this in it")
  private String only = "";

  private @Nullable Table table;

  @Override
  public Integer call() throws Exception {
    TemporaryCluster temporary = TemporaryCluster.start();
    LocalCluster cluster = temporary.cluster();
    measureRing(cluster);
    measureHttp(cluster, temporary.folder());
    measureLoopback();
    return 0;
  }

  private void measureRing(LocalCluster cluster) throws Exception {
    CpuClock cpu = new CpuClock(pids(cluster, true));
    try (RingClient ring = new RingClient(cluster.nodeAddress(1))) {
      for (int size : SIZES) {
        rows("ring client PUT, R=3 W=2", size, cpu, number -> ring.putting(number, size));
        rows("ring client GET", size, cpu, number -> ring.getting(number, size));
      }
    }
  }

  private void measureHttp(LocalCluster cluster, Path folder) throws Exception {
    RestClient rest = cluster.rest();
    List<URI> segments = segments(rest, folder);
    Path served = Files.createDirectories(folder.resolve("served"));
    try (Served files = new Served(rest, served)) {
      for (int size : SIZES) {
        files.add(size);
      }
      for (URI segment : segments) {
        files.add(segment);
      }
      httpRows("HTTP GET, cache on", cluster, files);
      cluster.web().stop(Duration.ofSeconds(20));
      cluster.startWeb(Map.of("TRITONTUBE_CACHE_BYTES", "0"));
      httpRows("HTTP GET, cache off", cluster, files);
      nginxRows(served, files);
    }
    cluster.web().stop(Duration.ofSeconds(20));
    // Without the worker's role nothing is encoded while uploads are measured.
    cluster.startWeb(Map.of("TRITONTUBE_ROLES", "web"));
    CpuClock cpu = new CpuClock(pids(cluster, false));
    for (int size : SIZES) {
      rows("HTTP POST of a file", size, cpu, number -> new Uploads(rest, number, size));
    }
  }

  private void httpRows(String what, LocalCluster cluster, Served files) throws Exception {
    CpuClock cpu = new CpuClock(pids(cluster, false));
    for (Served.File file : files.all()) {
      String kind = file.address().getPath().endsWith("original") ? " (original)" : " (segment)";
      rows(what + kind, file.sizeBytes(), cpu, number -> new HttpGets(file.address(), ""));
    }
  }

  private void nginxRows(Path served, Served files) throws Exception {
    Optional<Nginx> started = Nginx.serving(served, LocalCluster.freePort());
    if (started.isEmpty()) {
      System.out.println("(nginx is not installed: its rows are left out)");
      return;
    }
    try (Nginx nginx = started.get()) {
      CpuClock cpu = new CpuClock(nginx.pids());
      for (Served.File file : files.all()) {
        rows(
            "nginx, sendfile, the same file",
            file.sizeBytes(),
            cpu,
            n -> new HttpGets(nginx.address(file.name()), ""));
      }
    }
  }

  private void measureLoopback() throws Exception {
    CpuClock cpu = new CpuClock(List.of(ProcessHandle.current().pid()));
    try (Loopback loopback = new Loopback()) {
      for (int size : SIZES) {
        rows("bare TCP, both ends", size, cpu, number -> loopback.client(size));
      }
    }
  }

  private void rows(String what, long size, CpuClock cpu, ClosedLoop.Clients makes)
      throws Exception {
    if (!what.contains(only)) {
      return;
    }
    ClosedLoop loop = new ClosedLoop(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    for (int count : clients) {
      Figures figures = loop.run(makes, count, cpu);
      if (table == null) {
        table = new Table(System.out);
      }
      table.row(what, size, count, figures);
    }
  }

  /// Two segments of an encoded clip: the one nearest to 64 KiB and the largest.
  private static List<URI> segments(RestClient rest, Path folder)
      throws IOException, InterruptedException {
    Path clip = folder.resolve("noise.mp4");
    SampleClip.ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1920x1080:rate=30:duration=6,noise=alls=40:allf=t",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-b:v",
            "12M"),
        clip);
    String id = rest.upload(clip, "noise").get("id").asText();
    for (JsonNode video = rest.video(id);
        !video.get("status").asText().equals("COMPLETED");
        video = rest.video(id)) {
      if (video.get("status").asText().equals("FAILED")) {
        throw new IOException("the clip could not be encoded: " + video.get("error"));
      }
      Thread.sleep(Duration.ofMillis(200));
    }
    List<URI> all =
        new ArrayList<>(
            new PlaybackCheck(rest)
                .dashSegments(rest.resolve("/api/v1/videos/" + id + "/manifest.mpd")));
    List<Long> lengths = new ArrayList<>();
    for (URI segment : all) {
      lengths.add((long) rest.bytes(segment).length);
    }
    Comparator<URI> byDistance =
        Comparator.comparingLong(uri -> Math.abs(lengths.get(all.indexOf(uri)) - (64 << 10)));
    Comparator<URI> byLength = Comparator.comparingLong(uri -> lengths.get(all.indexOf(uri)));
    return List.of(
        all.stream().min(byDistance).orElseThrow(), all.stream().max(byLength).orElseThrow());
  }

  private static List<Long> pids(LocalCluster cluster, boolean clientToo) {
    List<Long> pids = new ArrayList<>(cluster.processes().stream().map(ChildProcess::pid).toList());
    if (clientToo) {
      pids.add(ProcessHandle.current().pid());
    }
    return pids;
  }

  /// Somebody who uploads a new file with each request.
  private static final class Uploads implements ClosedLoop.Client {
    private final RestClient rest;
    private final byte[] file;
    private int count;

    Uploads(RestClient rest, int number, int sizeBytes) {
      this.rest = rest;
      this.file = Served.file(sizeBytes);
      ByteBuffer.wrap(file).putLong(file.length - 16, System.nanoTime() + number);
    }

    @Override
    public long request() throws IOException {
      ByteBuffer.wrap(file).putLong(file.length - 8, count++);
      rest.upload(BodyPublishers.ofByteArray(file), "bench");
      return file.length;
    }
  }
}

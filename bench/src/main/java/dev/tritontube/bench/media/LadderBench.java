package dev.tritontube.bench.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.bench.CpuClock;
import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The processor time and the wall time of a whole ladder as the web server, or two workers of its
/// catalog, make it (ffmpeg, probing, and the processes that store the segments) next to one plain
/// ffmpeg command that makes the same ladder into files.
final class LadderBench {
  private static final Set<String> DONE = Set.of("COMPLETED", "FAILED");

  private static final int WORKERS = 2;

  private final LocalCluster cluster;
  private final Path folder;
  private final List<ChildProcess> makers = new ArrayList<>();
  private final Rows rows =
      new Rows(
          System.out,
          "The whole ladder, here and by one plain ffmpeg command",
          "source",
          "made by",
          "sizes",
          "CPU s",
          "plain",
          "ratio",
          "wall s",
          "plain",
          "ratio");

  LadderBench(LocalCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
    makers.add(cluster.web());
  }

  /// From now on the web server serves, and processes of their own encode.
  void startWorkers() throws IOException, InterruptedException {
    cluster.web().kill();
    cluster.startWeb(Map.of("TRITONTUBE_ROLES", "web"));
    makers.clear();
    makers.add(cluster.web());
    for (int worker = 1; worker <= WORKERS; worker++) {
      cluster.startWorker(worker);
      makers.add(cluster.worker(worker));
    }
  }

  /// What a piece of work took.
  private record Cost(double cpuSeconds, double wallSeconds) {}

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /// For the just-in-time compiler of the server.
  void warmUp(Clip clip) throws IOException, InterruptedException {
    RestClient rest = cluster.rest();
    String id = rest.upload(clip.body(), clip.title()).get("id").asText();
    awaitEncoded(rest, id);
    rest.delete(id);
  }

  void measure(Clip clip) throws IOException, InterruptedException {
    RestClient rest = cluster.rest();
    String id = rest.upload(clip.body(), clip.title()).get("id").asText();
    Cost ours = cost(makers.stream().map(ChildProcess::pid).toList(), () -> awaitEncoded(rest, id));
    JsonNode renditions = rest.video(id).get("renditions");
    rest.delete(id);
    Cost plain = cost(List.of(ProcessHandle.current().pid()), () -> plain(clip, renditions));
    rows.add(
        clip.title(),
        makers.size() == 1 ? "the web server" : WORKERS + " workers",
        renditions.size(),
        ours.cpuSeconds,
        plain.cpuSeconds,
        ours.cpuSeconds / plain.cpuSeconds,
        ours.wallSeconds,
        plain.wallSeconds,
        ours.wallSeconds / plain.wallSeconds);
  }

  private static Cost cost(List<Long> pids, Work work) throws IOException, InterruptedException {
    CpuClock cpu = new CpuClock(pids);
    double before = cpu.secondsWithChildren();
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1e9;
    return new Cost(cpu.secondsWithChildren() - before, wall);
  }

  private static void awaitEncoded(RestClient rest, String id)
      throws IOException, InterruptedException {
    JsonNode video = rest.video(id);
    while (!DONE.contains(video.get("status").asText())) {
      Thread.sleep(Duration.ofMillis(250));
      video = rest.video(id);
    }
    if (video.get("status").asText().equals("FAILED")) {
      throw new IOException("the clip could not be encoded: " + video.get("error"));
    }
  }

  /// One process that decodes once and makes every rendition, with the encoder's settings of the
  /// web server. A rate is capped to the highest that the web server's rendition has.
  private void plain(Clip clip, JsonNode renditions) throws IOException {
    List<String> chains = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    StringBuilder split = new StringBuilder("[0:v]split=" + renditions.size());
    for (int i = 0; i < renditions.size(); i++) {
      JsonNode rendition = renditions.get(i);
      int width = rendition.get("width").asInt();
      int height = rendition.get("height").asInt();
      split.append("[s%d]".formatted(i));
      chains.add("[s%d]scale=%d:%d[v%d]".formatted(i, width, height, i));
      outputs.addAll(List.of("-map", "[v%d]".formatted(i)));
      outputs.addAll(encoder(rendition.get("bitrate").asLong()));
      outputs.add(folder.resolve("plain-" + i + ".mp4").toString());
    }
    chains.addFirst(split.toString());
    List<String> command = new ArrayList<>(List.of("-i", clip.file().toString()));
    command.addAll(List.of("-filter_complex", String.join(";", chains)));
    command.addAll(outputs);
    command.addAll(List.of("-map", "0:a", "-c:a", "aac", "-b:a", "128k"));
    SampleClip.ffmpeg(command, folder.resolve("plain-audio.mp4"));
  }

  private static List<String> encoder(long capBitsPerSecond) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high"));
    options.addAll(List.of("-crf", "23", "-maxrate", Long.toString(capBitsPerSecond)));
    options.addAll(List.of("-bufsize", Long.toString(capBitsPerSecond * 3 / 2)));
    options.addAll(List.of("-g", "60", "-keyint_min", "60", "-sc_threshold", "0", "-bf", "2"));
    return options;
  }
}

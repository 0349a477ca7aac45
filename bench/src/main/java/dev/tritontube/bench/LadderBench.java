package dev.tritontube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The processor time of a whole ladder as the web server makes it (ffmpeg, probing, and the server
/// that stores the segments) next to one plain ffmpeg command that makes the same ladder into
/// files.
final class LadderBench {
  private static final int SECONDS = 20;

  private LadderBench() {}

  static void run(LocalCluster cluster, Path folder) throws IOException, InterruptedException {
    Path clip = folder.resolve("ladder.mp4");
    SampleClip.ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1920x1080:rate=30:duration=" + SECONDS,
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000:duration=" + SECONDS,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac"),
        clip);
    CpuClock server = new CpuClock(List.of(cluster.web().pid()));
    // Once for the just-in-time compiler of the server; the second file is another one.
    encoded(cluster.rest(), SampleClip.make(folder.resolve("warm-up.mp4"), Duration.ofSeconds(5)));
    double before = server.secondsWithChildren();
    JsonNode video = encoded(cluster.rest(), clip);
    double ours = server.secondsWithChildren() - before;

    CpuClock self = new CpuClock(List.of(ProcessHandle.current().pid()));
    before = self.secondsWithChildren();
    plain(clip, video, folder);
    double plain = self.secondsWithChildren() - before;
    System.out.printf(
        "ladder of %d renditions, %d s of 1080p30: web server and its ffmpeg %.1f CPU s, one plain ffmpeg %.1f CPU s, ratio %.2f%n",
        video.get("renditions").size(), SECONDS, ours, plain, ours / plain);
  }

  private static JsonNode encoded(RestClient rest, Path clip)
      throws IOException, InterruptedException {
    String id = rest.upload(clip, "ladder").get("id").asText();
    JsonNode video = rest.video(id);
    while (!Set.of("COMPLETED", "FAILED").contains(video.get("status").asText())) {
      Thread.sleep(Duration.ofMillis(200));
      video = rest.video(id);
    }
    if (video.get("status").asText().equals("FAILED")) {
      throw new IOException("the clip could not be encoded: " + video.get("error"));
    }
    return video;
  }

  /// One process that decodes once and makes every rendition, with the encoder's settings of the
  /// web server.
  private static void plain(Path clip, JsonNode video, Path folder) throws IOException {
    JsonNode renditions = video.get("renditions");
    int count = renditions.size();
    StringBuilder graph = new StringBuilder("[0:v]split=" + count);
    for (int i = 0; i < count; i++) {
      graph.append("[s" + i + "]");
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode size = renditions.get(i);
      graph.append(
          ";[s%d]scale=%d:%d[v%d]"
              .formatted(i, size.get("width").asInt(), size.get("height").asInt(), i));
      outputs.addAll(
          List.of(
              "-map",
              "[v" + i + "]",
              "-c:v",
              "libx264",
              "-preset",
              "veryfast",
              "-crf",
              "23",
              "-g",
              "60",
              "-keyint_min",
              "60",
              "-sc_threshold",
              "0",
              "-bf",
              "2",
              folder.resolve("plain-" + i + ".mp4").toString()));
    }
    List<String> command =
        new ArrayList<>(List.of("-i", clip.toString(), "-filter_complex", graph.toString()));
    command.addAll(outputs);
    command.addAll(List.of("-map", "0:a", "-c:a", "aac", "-b:a", "128k"));
    SampleClip.ffmpeg(command, folder.resolve("plain-audio.mp4"));
  }
}

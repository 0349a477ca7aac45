package dev.tritontube.bench.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.hls.Playlist;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a ladder that follows the content takes, next to the fixed one, and what of the pictures is
/// lost by it. Everything is encoded, also what could be copied.
final class ContentBench {
  private static final String FIXED = "fixed";
  private static final String PROFILES =
      "{\"profiles\": {\"" + FIXED + "\": {\"byContent\": false}}}";
  private static final double MEGABIT = 1e6;

  private final LocalCluster cluster;
  private final Path folder;
  private final Rows rows =
      new Rows(
          System.out,
          "The ladder by content next to the fixed one: bits of all sizes, and SSIM of each size",
          "scene",
          "size",
          "fixed Mb",
          "here Mb",
          "bits",
          "fixed",
          "here",
          "SSIM %");

  ContentBench(LocalCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /// @param bytes of its pictures
  private record Size(long bytes, double ssim) {}

  void measure() throws IOException, InterruptedException {
    Path profiles = Files.writeString(folder.resolve("profiles.json"), PROFILES);
    cluster.web().kill();
    cluster.startWeb(
        Map.of("TRITONTUBE_PROFILES", profiles.toString(), "TRITONTUBE_REMUX", "false"));
    for (Scene scene : Scene.values()) {
      measure(scene);
    }
  }

  private void measure(Scene scene) throws IOException, InterruptedException {
    Path clip = scene.make(folder);
    RestClient rest = cluster.rest();
    String id = rest.upload(clip, scene.title()).get("id").asText();
    awaitEncoded(rest, id, "standard");
    Map<String, Size> here = sizes(rest, id, clip);
    encodeFixed(rest, id);
    Map<String, Size> fixed = sizes(rest, id, clip);
    rest.delete(id);
    fixed.forEach((name, size) -> add(scene, name, size, here.get(name)));
    add(scene, "all", total(fixed), total(here));
  }

  private static Size total(Map<String, Size> sizes) {
    return new Size(sizes.values().stream().mapToLong(Size::bytes).sum(), Double.NaN);
  }

  private void add(Scene scene, String name, Size fixed, @Nullable Size here) {
    if (here == null) {
      rows.add(scene.title(), name, megabits(fixed), "-", 0.0, ssim(fixed), "-", "-");
      return;
    }
    rows.add(
        scene.title(),
        name,
        megabits(fixed),
        megabits(here),
        (double) here.bytes / fixed.bytes,
        ssim(fixed),
        ssim(here),
        100 * (here.ssim / fixed.ssim - 1));
  }

  private static double megabits(Size size) {
    return size.bytes * Byte.SIZE / MEGABIT;
  }

  private static String ssim(Size size) {
    return Double.isNaN(size.ssim) ? "-" : "%.4f".formatted(size.ssim);
  }

  private static void encodeFixed(RestClient rest, String id)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> taken =
        rest.send(
            rest.request("/api/v1/videos/" + id + "/encode")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"profile\": \"" + FIXED + "\"}"))
                .build());
    if (taken.statusCode() != 202) {
      throw new IOException("not encoded again: " + taken.statusCode());
    }
    awaitEncoded(rest, id, FIXED);
  }

  /// Waits until the job by a profile is done.
  private static void awaitEncoded(RestClient rest, String id, String profile)
      throws IOException, InterruptedException {
    while (true) {
      for (JsonNode job : rest.json("/api/v1/jobs?limit=100").get("items")) {
        boolean ours = job.at("/videos/0/id").asText().equals(id);
        if (ours && job.get("profile").asText().equals(profile)) {
          switch (job.get("state").asText()) {
            case "DONE" -> {
              return;
            }
            case "DEAD" -> throw new IOException("not encoded: " + job.get("reason"));
            default -> {}
          }
        }
      }
      Thread.sleep(Duration.ofMillis(250));
    }
  }

  /// The sizes of what plays by their names, the smallest name first.
  private Map<String, Size> sizes(RestClient rest, String id, Path clip) throws IOException {
    URI master = rest.resolve("/api/v1/videos/" + id + "/master.m3u8");
    Map<String, Size> sizes = new TreeMap<>();
    for (URI playlist : variants(master, new String(rest.bytes(master), StandardCharsets.UTF_8))) {
      String name = playlist.getPath().replaceAll(".*/|[.]m3u8", "");
      Path file = folder.resolve("rendition.mp4");
      SampleClip.ffmpeg(List.of("-i", playlist.toString(), "-c", "copy"), file);
      sizes.put(name, new Size(Files.size(file), ssim(file, clip)));
    }
    return sizes;
  }

  /// Without what is named in attributes, such as thumbnails.
  private static List<URI> variants(URI address, String text) {
    return Playlist.read(address, text).lines().stream()
        .filter(Playlist.Reference.class::isInstance)
        .map(line -> ((Playlist.Reference) line).address())
        .toList();
  }

  /// Of all pictures, next to the clip in this size.
  private double ssim(Path file, Path clip) throws IOException {
    Path log = folder.resolve("ssim.log");
    SampleClip.ffmpeg(
        List.of(
            "-i",
            file.toString(),
            "-i",
            clip.toString(),
            "-lavfi",
            "[1][0]scale2ref=flags=bicubic[clip][size];[size][clip]ssim=stats_file=" + log,
            "-f",
            "null"),
        Path.of("-"));
    return Files.readAllLines(log).stream()
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*All:([0-9.]+).*", "$1")))
        .average()
        .orElseThrow();
  }
}

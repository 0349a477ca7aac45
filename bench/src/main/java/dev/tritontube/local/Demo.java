package dev.tritontube.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tritontube demo`: a new cluster, a clip that goes in, and proof that it plays.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "A cluster with a sample clip")
final class Demo implements Callable<Integer> {
  private static final Duration ENCODING_PATIENCE = Duration.ofMinutes(5);

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(names = "--once", description = "stop when everything was checked")
  private boolean once;

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "storage nodes (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(names = "--port", description = "of the web server (default: 8080, or a free one)")
  private @Nullable Integer port;

  @Option(names = "--data", description = "the folder (default: a temporary one)")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    Launcher.require(command, nodes >= 1, "--nodes is at least 1");
    Launcher.require(command, port == null || Launcher.isPort(port), "a port is 0 to 65535");
    Path folder = data != null ? data : Files.createTempDirectory("tritontube-demo-");
    var settings =
        new LocalCluster.Settings(folder, webPort(), 0, 0, Map.of("TRITONTUBE_VOLUME_SIZE", "64M"));
    LocalCluster cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(cluster, data == null ? folder : null)));
    show(cluster);
    if (!once) {
      Launcher.say("Ctrl-C stops it.");
      Launcher.watch(cluster);
    }
    return once ? 0 : 1;
  }

  private int webPort() {
    if (port != null) {
      return port;
    }
    try (ServerSocket probe = new ServerSocket(8080, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private void show(LocalCluster cluster) throws IOException, InterruptedException {
    Launcher.say(
        "Starting " + nodes + " storage nodes and a web server in " + cluster.data() + " ...");
    cluster.start(nodes);
    Path clip = SampleClip.make(cluster.data().resolve("sample.mp4"), Duration.ofSeconds(20));
    RestClient rest = cluster.rest();
    Launcher.say("Uploading a clip of 20 s (" + Files.size(clip) / 1024 + " KiB) ...");
    String id = rest.upload(clip, "TritonTube demo").get("id").asText();
    URI watch = cluster.webUri().resolve("/watch/" + id);
    if (!once) {
      Launcher.say("It plays while it is being encoded: " + watch);
    }
    awaitCompleted(rest, id);
    URI video = cluster.webUri().resolve("/api/v1/videos/" + id + "/");
    check(rest, video);
    Launcher.say("");
    Launcher.say("  watch  " + watch);
    Launcher.say("  DASH   " + video.resolve("manifest.mpd"));
    Launcher.say("  HLS    " + video.resolve("master.m3u8"));
  }

  /// @throws IOException when it fails, or takes too long
  static void awaitCompleted(RestClient rest, String id) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + ENCODING_PATIENCE.toNanos();
    String shown = "";
    while (System.nanoTime() < deadline) {
      JsonNode video = rest.video(id);
      String status = video.get("status").asText();
      JsonNode progress = video.get("progress");
      String line =
          "  %s %s %s%%"
              .formatted(
                  status, progress.path("stage").asText(), progress.path("percent").asText());
      if (!line.equals(shown)) {
        Launcher.say(line);
        shown = line;
      }
      if (status.equals("COMPLETED")) {
        return;
      }
      if (status.equals("FAILED")) {
        throw new IOException("encoding failed: " + video.get("error"));
      }
      Thread.sleep(Duration.ofMillis(250));
    }
    throw new IOException("the clip was not encoded within " + ENCODING_PATIENCE);
  }

  /// Everything that the manifests name is there, and both name the same.
  static void check(RestClient rest, URI video) throws IOException {
    PlaybackCheck playback = new PlaybackCheck(rest);
    Set<URI> dash = playback.dashSegments(video.resolve("manifest.mpd"));
    Set<URI> hls = playback.hlsSegments(video.resolve("master.m3u8"));
    if (dash.isEmpty() || !dash.equals(hls)) {
      throw new IOException(
          "DASH names "
              + dash.size()
              + " segments and HLS "
              + hls.size()
              + ", or not the same ones");
    }
    long bytes = playback.fetchAll(dash);
    Launcher.say(
        "Both manifests and all "
            + dash.size()
            + " segments can be fetched ("
            + bytes / 1024
            + " KiB).");
  }

  /// @param temporary a folder to be deleted then
  static void stop(LocalCluster cluster, @Nullable Path temporary) {
    cluster.close();
    if (temporary != null) {
      try (Stream<Path> paths = Files.walk(temporary)) {
        List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.delete(path);
        }
      } catch (IOException e) {
        Launcher.complain("could not delete " + temporary + ": " + e.getMessage());
      }
    }
  }
}

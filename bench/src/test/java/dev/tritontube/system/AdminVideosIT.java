package dev.tritontube.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Videos, users and keys with the command line, as an administrator uses it.
class AdminVideosIT {
  private static final int FILLING = 64 << 20;

  /// What a killed command had under way in two kernels.
  private static final int LOST_BY_KILLING = 20 << 20;

  @TempDir private Path folder;
  private LocalCluster cluster;
  private AdminCli admin;

  @BeforeEach
  void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    admin = new AdminCli(cluster);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void uploadGoesOnAfterTheCommandWasKilled() throws Exception {
    Path film =
        Files.write(folder.resolve("film.mp4"), Clips.variant(Clips.tiny(folder), 5, FILLING));
    long size = Files.size(film);
    try (CuttingProxy proxy = new CuttingProxy(cluster.webUri(), 0, 0)) {
      String[] upload = {
        "--json", "videos", "upload", film.toString(), "--wait", "--web", proxy.uri().toString()
      };
      proxy.allow(size / 2);
      Process killed = admin.start(folder.resolve("killed.err"), upload);
      Eventually.holds("half of it is sent", () -> proxy.sent() >= size / 2 || !killed.isAlive());
      killed.destroyForcibly().waitFor();
      assertTrue(proxy.sent() >= size / 2);
      proxy.allow(Long.MAX_VALUE);

      AdminCli.Outcome again = admin.run(upload);
      assertEquals(0, again.exitCode(), again::errors);
      JsonNode video = again.json().get("videos").get(0);
      assertEquals("COMPLETED", video.get("status").asText());
      assertEquals("film", video.get("title").asText());
      long repeated = proxy.sent() - size;
      assertTrue(repeated < LOST_BY_KILLING, repeated + " bytes sent twice");
      try (Stream<Path> kept = Files.list(cluster.data().resolve("state/tritontube/uploads"))) {
        assertEquals(List.of(), kept.toList());
      }
      assertDownloaded(video.get("id").asText(), film);
    }
  }

  private void assertDownloaded(String id, Path film) throws Exception {
    Path copy = folder.resolve("copy.mp4");
    JsonNode download = admin.json("videos", "download", id, "-o", copy.toString());
    assertEquals(Files.size(film), download.get("bytes").asLong());
    assertEquals(-1, Files.mismatch(film, copy));
    assertEquals(4, admin.run("videos", "download", id, "-o", copy.toString()).exitCode());
    String name = cluster.rest().video(id).at("/renditions/0/name").asText();
    Path rendition = folder.resolve("rendition.mp4");
    JsonNode part =
        admin.json("videos", "download", id, "--representation", name, "-o", rendition.toString());
    assertEquals(Files.size(rendition), part.get("bytes").asLong());
    assertEquals("ftyp", Files.readString(rendition, ISO_8859_1).substring(4, 8));
    assertEquals(1, admin.json("videos", "list", "--query", "film").get("videos").size());
    assertEquals(id, admin.json("videos", "delete", id).get("deleted").get(0).asText());
    assertEquals(0, admin.json("videos", "list").get("videos").size());
    assertEquals(id, admin.json("videos", "restore", id).get("restored").get(0).asText());
  }
}

package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that others wrote (tus-js-client) uploads by tus while connections break, the web
/// server is killed twice and a node once.
class TusClientIT {
  private static final int CUTS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// What a killed server had not acknowledged, and what was under way to it in two kernels.
  private static final long LOST_BY_KILLING = (8 << 20) + (16 << 20);

  /// Of one request.
  private static final long HEADERS = 2 << 10;

  @TempDir private Path folder;
  private LocalCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void uploads200MibThroughBrokenConnectionsAndKilledServers() throws Exception {
    upload(200L << 20);
  }

  @Test
  @Tag("soak")
  void uploads2GibThroughBrokenConnectionsAndKilledServers() throws Exception {
    upload(2L << 30);
  }

  private void upload(long size) throws Exception {
    Path file = folder.resolve("film.mp4");
    String sha256 = write(file, size);
    try (CuttingProxy proxy = new CuttingProxy(cluster.webUri(), CUTS, size / (CUTS + 5))) {
      Process client = client(proxy.uri(), file);
      try {
        awaitSent(proxy, client, size / 4);
        cluster.web().kill();
        cluster.startWeb();
        awaitSent(proxy, client, size / 2);
        cluster.node(3).kill();
        awaitSent(proxy, client, size * 3 / 4);
        cluster.web().kill();
        cluster.startWeb();
        assertTrue(
            client.waitFor(PATIENCE.toMillis() + size >> 14, TimeUnit.MILLISECONDS), "still sends");
      } finally {
        client.destroyForcibly();
      }
      List<JsonNode> said = said();
      assertEquals(0, client.exitValue(), said::toString);
      assertEquals(0, proxy.cutsLeft());
      long repeated = proxy.sent() - size;
      assertTrue(
          repeated < 2 * LOST_BY_KILLING + said.size() * HEADERS, repeated + " bytes sent twice");
      assertSame(said.getLast().get("done").asText(), sha256, size);
    }
  }

  private static void awaitSent(CuttingProxy proxy, Process client, long bytes) throws Exception {
    Eventually.holds(bytes + " bytes are sent", () -> proxy.sent() >= bytes || !client.isAlive());
  }

  /// What the upload became is what was sent.
  private void assertSame(String upload, String sha256, long size) throws IOException {
    JsonNode video =
        cluster
            .rest()
            .json(
                cluster
                    .rest()
                    .json(URI.create(upload).getPath())
                    .get("video")
                    .get("self")
                    .asText());
    assertEquals(sha256, video.get("sha256").asText());
    assertEquals(size, video.get("sizeBytes").asLong());
    URI original = cluster.rest().resolve(video.get("links").get("original").asText());
    try (InputStream bytes = original.toURL().openStream()) {
      assertEquals(sha256, sha256(bytes));
    }
  }

  /// Something that begins like an MP4 file.
  private static String write(Path file, long size) throws Exception {
    Random random = new Random(5);
    byte[] block = new byte[1 << 20];
    byte[] start = {0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0};
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += block.length) {
        random.nextBytes(block);
        if (at == 0) {
          System.arraycopy(start, 0, block, 0, start.length);
        }
        out.write(block);
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(in);
    }
  }

  private static String sha256(InputStream bytes) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process client(URI proxy, Path file) throws Exception {
    Path client = Files.createDirectories(folder.resolve("client"));
    for (String name : List.of("package.json", "package-lock.json", "upload.mjs")) {
      Files.copy(Path.of("src/test/tus", name), client.resolve(name));
    }
    Process install =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
            .directory(client.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    assertEquals(0, install.waitFor(), () -> "npm ci: " + text(folder.resolve("npm.log")));
    return new ProcessBuilder(
            "node",
            "upload.mjs",
            proxy + "/api/v1/uploads",
            Files.readString(cluster.keyFile()).strip(),
            file.toString())
        .directory(client.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("client.log").toFile())
        .start();
  }

  private List<JsonNode> said() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("client.log"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of 4 GiB goes in and comes out of processes whose heaps are far smaller: every JVM of the
/// fixture runs with at most `-Xmx512m` and ends itself when that is not enough.
@Tag("soak")
class LargeFileIT {
  private static final long BYTES = 4L << 30;

  @TempDir private Path folder;

  @Test
  void fourGibibytesPassThroughSmallHeaps() throws Exception {
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      RestClient rest = cluster.rest();
      byte[] clip = Clips.small(folder);
      MessageDigest sent = MessageDigest.getInstance("SHA-256");

      String id =
          rest.upload(
                  BodyPublishers.ofInputStream(() -> new DigestInputStream(file(clip), sent)),
                  "large")
              .get("id")
              .asText();

      String expected = HexFormat.of().formatHex(sent.digest());
      assertEquals(expected, rest.video(id).get("sha256").asText());
      assertEquals(BYTES, rest.video(id).get("sizeBytes").asLong());
      assertEquals(expected, digestOf(rest.resolve("/api/v1/videos/" + id + "/original")));
      Videos.awaitCompleted(rest, id);
      for (ChildProcess process : cluster.processes()) {
        assertTrue(process.alive(), process.name() + " ended");
      }
    }
  }

  /// A clip and behind it a `free` box that fills the file up.
  private static InputStream file(byte[] clip) {
    long boxBytes = BYTES - clip.length;
    ByteBuffer header =
        ByteBuffer.allocate(16)
            .putInt(1)
            .put("free".getBytes(StandardCharsets.US_ASCII))
            .putLong(boxBytes);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(clip),
                new ByteArrayInputStream(header.array()),
                new Noise(boxBytes - 16))));
  }

  private static String digestOf(URI address) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (HttpClient http = HttpClient.newHttpClient();
        InputStream body =
            http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream())
                .body()) {
      byte[] buffer = new byte[256 << 10];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Random bytes that cost little: one block, repeated and numbered.
  private static final class Noise extends InputStream {
    private final byte[] block = new byte[64 << 10];
    private long left;

    Noise(long bytes) {
      left = bytes;
      new SplittableRandom(1).nextBytes(block);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, left), block.length);
      ByteBuffer.wrap(block).putLong(left);
      System.arraycopy(block, 0, target, offset, count);
      left -= count;
      return count;
    }
  }
}

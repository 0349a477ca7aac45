package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty people upload at once, on lines so slow that none of them comes to an end before all of
/// them have begun.
class SlowUploadsIT {
  private static final int UPLOADS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void fiftyAreUnderWayAtOnceAndAllCome() throws Exception {
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      RestClient rest = cluster.rest();
      byte[] clip = Clips.tiny(folder);
      CountDownLatch theRest = new CountDownLatch(1);
      List<FutureTask<Integer>> uploads = new ArrayList<>();
      for (int number = 0; number < UPLOADS; number++) {
        HttpRequest request = upload(rest, Clips.variant(clip, number, 256 << 10), number, theRest);
        FutureTask<Integer> upload = new FutureTask<>(() -> rest.send(request).statusCode());
        uploads.add(upload);
        Thread.startVirtualThread(upload);
      }
      for (int number = 0; number < UPLOADS; number++) {
        String progress = "/api/v1/uploads/" + token(number) + "/progress";
        Eventually.holds(progress, () -> rest.json(progress).get("receivedBytes").asLong() > 0);
      }

      theRest.countDown();

      for (FutureTask<Integer> upload : uploads) {
        assertEquals(201, upload.get());
      }
    }
  }

  private static String token(int number) {
    return "an-upload-of-many-" + number;
  }

  private static HttpRequest upload(
      RestClient rest, byte[] bytes, int number, CountDownLatch theRest) {
    int half = bytes.length / 2;
    InputStream body =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, half),
            new Late(Arrays.copyOfRange(bytes, half, bytes.length), theRest));
    return rest.request("/api/v1/videos?uploadId=" + token(number))
        .timeout(PATIENCE.multipliedBy(2))
        .header("Content-Type", "video/mp4")
        .POST(BodyPublishers.ofInputStream(() -> body))
        .build();
  }

  /// Bytes that come when they may.
  private static final class Late extends InputStream {
    private final ByteArrayInputStream bytes;
    private final CountDownLatch may;

    Late(byte[] bytes, CountDownLatch may) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.may = may;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      try {
        may.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
      return bytes.read(target, offset, length);
    }
  }
}

package dev.tritontube.web.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PacedInputTest {
  private static final int SIZE = 4 << 20;

  private long nanos;

  @Test
  void aClientThatTricklesIsRefused() {
    ProblemException refused = assertThrows(ProblemException.class, () -> receive(1, 1));
    assertEquals(408, refused.problem().status());
    assertEquals(Duration.ofMinutes(1).toNanos(), nanos);
  }

  @Test
  void aClientThatIsSlowIsNot() throws IOException {
    assertEquals(SIZE, receive(20_000, 1));
  }

  @Test
  void timeThatTheServerTakesDoesNotCount() throws IOException {
    InputStream input = input(1, 0);
    for (int i = 0; i < 200; i++) {
      assertEquals(7, input.read());
      nanos += Duration.ofSeconds(1).toNanos();
    }
  }

  @Test
  void aClientThatFallsSilentIsTooSlow() {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException(new TimeoutException("idle"));
          }
        };
    ProblemException refused =
        assertThrows(ProblemException.class, () -> new PacedInput(silent, () -> nanos).read());
    assertEquals("too_slow", refused.problem().code());
  }

  private int receive(int bytesAtOnce, int secondsEach) throws IOException {
    InputStream input = input(bytesAtOnce, secondsEach);
    byte[] data = new byte[128 * 1024];
    int received = 0;
    for (int count = input.read(data); count >= 0; count = input.read(data)) {
      received += count;
    }
    return received;
  }

  /// A client that sends some bytes, then waits.
  private InputStream input(int bytesAtOnce, int secondsEach) {
    InputStream client =
        new InputStream() {
          private int left = SIZE;

          @Override
          public int read() {
            throw new AssertionError("not asked here");
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            nanos += Duration.ofSeconds(secondsEach).toNanos();
            if (left == 0) {
              return -1;
            }
            int count = Math.min(Math.min(bytesAtOnce, length), left);
            left -= count;
            Arrays.fill(target, offset, offset + count, (byte) 7);
            return count;
          }
        };
    return new PacedInput(client, () -> nanos);
  }
}

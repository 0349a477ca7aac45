package dev.tritontube.web.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Reads bodies that are kept in memory.
public final class BoundedBody {
  /// How long a body may take to come: it is one packet, or a few.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private BoundedBody() {}

  /// @param what it is, for who sent it
  /// @throws ProblemException 408, 413
  public static byte[] read(InputStream input, int maxBytes, String what) throws IOException {
    long begunNanos = System.nanoTime();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] some = new byte[16 << 10];
    for (int count = input.read(some); count >= 0; count = input.read(some)) {
      body.write(some, 0, count);
      if (body.size() > maxBytes) {
        throw new ProblemException(
            new Problem.TooLarge(what + " has at most " + maxBytes + " bytes"));
      }
      if (System.nanoTime() - begunNanos > PATIENCE.toNanos()) {
        throw new ProblemException(new Problem.TooSlow("The rest of the body did not come"));
      }
    }
    return body.toByteArray();
  }
}

package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.FollowedUploadStore.Report;
import dev.tritontube.web.catalog.UploadToken;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An upload whose client follows it: how much of the body has come. Thread-safe.
final class FollowedUpload {
  private static final int ALMOST = 99;

  private final UploadToken token;
  private final OptionalLong totalBytes;
  private final LongSupplier nanoTime;
  private final long begunNanos;
  private final AtomicLong received = new AtomicLong();

  /// @param totalBytes of the body, if the client said so
  /// @param nanoTime like `System::nanoTime`
  FollowedUpload(UploadToken token, OptionalLong totalBytes, LongSupplier nanoTime) {
    this.token = token;
    this.totalBytes = totalBytes;
    this.nanoTime = nanoTime;
    this.begunNanos = nanoTime.getAsLong();
  }

  UploadToken token() {
    return token;
  }

  @Nullable Long totalBytes() {
    return totalBytes.isPresent() ? Long.valueOf(totalBytes.getAsLong()) : null;
  }

  /// The body, counted as it is read.
  InputStream counting(InputStream body) {
    return new CountedInput(body, received);
  }

  long receivedBytes() {
    return received.get();
  }

  /// The whole is done only when every byte is durable, so there are 99 percent at most. The rest
  /// takes as long as what came took.
  Report report() {
    long bytes = received.get();
    if (totalBytes.isEmpty()) {
      return new Report(token, bytes, null, null);
    }
    long total = Math.max(1, totalBytes.getAsLong());
    int percent = (int) Math.min(ALMOST, 100 * bytes / total);
    double seconds = (nanoTime.getAsLong() - begunNanos) / 1e9;
    Integer eta =
        bytes == 0 ? null : Integer.valueOf((int) Math.ceil(seconds * (total - bytes) / bytes));
    return new Report(token, bytes, percent, eta);
  }
}

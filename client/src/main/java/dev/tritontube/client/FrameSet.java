package dev.tritontube.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Pictures that are taken out of a video, as one archive.
///
/// @param percent 0 to 100
/// @param count how many are wanted
/// @param done how many are taken
/// @param width of each, in pixels
/// @param bytes of the archive; null until it is whole
/// @param endedAt null until it is whole, or failed
/// @param expiresAt when it is deleted
public record FrameSet(
    String id,
    Status status,
    Video.@Nullable Reason error,
    int percent,
    int count,
    int done,
    Format format,
    int width,
    int height,
    @Nullable Long bytes,
    Links links,
    Instant createdAt,
    @Nullable Instant endedAt,
    Instant expiresAt) {

  /// How far a set is.
  public enum Status {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    /// A word of a newer server.
    OTHER;

    /// True when nothing more is to be expected.
    public boolean isFinal() {
      return this == COMPLETED || this == FAILED;
    }
  }

  /// How pictures are written.
  public enum Format {
    JPG,
    PNG,
    /// A word of a newer server.
    OTHER
  }

  /// Paths on the server: see [TritonTube#address].
  public record Links(String self, String zip) {}
}

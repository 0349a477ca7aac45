package dev.tritontube.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Some bytes of a source on their way to the server. Knows whether it moves, and whether it was
/// the source that failed rather than the line.
final class Piece {
  private final Source source;
  private final long offset;
  private final long length;
  private final Progress progress;
  private final AtomicLong moves = new AtomicLong();
  private volatile @Nullable IOException failure;

  /// @param progress is told of bytes of the whole source
  Piece(Source source, long offset, long length, Progress progress) {
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.progress = progress;
  }

  /// The same bytes each time.
  BodyPublisher publisher() {
    return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), length);
  }

  /// Changes whenever bytes were given to the line.
  long moves() {
    return moves.get();
  }

  /// @throws IOException when the source could not be read
  void requireRead() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  byte[] sha256() throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes =
        new DigestInputStream(new Bounded(source.open(offset), done -> {}), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private InputStream open() {
    try {
      long size = source.sizeBytes();
      return new Bounded(
          source.open(offset),
          done -> {
            moves.incrementAndGet();
            progress.at(offset + done, size);
          });
    } catch (IOException e) {
      failure = e;
      return InputStream.nullInputStream();
    }
  }

  /// As many bytes of a stream as the piece has.
  private final class Bounded extends FilterInputStream {
    private long left = length;

    private final LongConsumer told;

    /// @param told of how many bytes of the piece have been read
    Bounded(InputStream in, LongConsumer told) {
      super(in);
      this.told = told;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] data, int from, int count) throws IOException {
      if (left == 0) {
        return -1;
      }
      try {
        int read = in.read(data, from, (int) Math.min(count, left));
        if (read < 0) {
          throw new EOFException(source.name() + " became shorter while it was sent");
        }
        left -= read;
        told.accept(length - left);
        return read;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}

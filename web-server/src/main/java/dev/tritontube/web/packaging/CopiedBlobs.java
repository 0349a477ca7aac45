package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ring as those see it who read segments: with the segments that are cut from originals among
/// its blobs, so that a cache keeps these like any other. Thread-safe.
record CopiedBlobs(Blobs ring, Copies copies) implements Blobs {
  @Override
  public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
    Optional<ByteBuffer> copy = copy(key);
    return copy.isEmpty() ? ring.open(key, offset, length) : part(copy.get(), offset, length);
  }

  private Optional<ByteBuffer> copy(BlobKey key) throws BlobException {
    try {
      return copies.read(key);
    } catch (BlobException e) {
      throw e;
    } catch (IOException e) {
      throw new BlobException(
          BlobException.Reason.CORRUPT, "cannot cut " + key + " from its original", e);
    }
  }

  private static BlobStream part(ByteBuffer whole, long offset, long length) {
    int from = (int) Math.min(offset, whole.limit());
    int to = (int) (length < 0 ? whole.limit() : Math.min(whole.limit(), from + length));
    return new InMemory(whole.limit(), whole.slice(from, to - from));
  }

  /// All in one piece.
  private static final class InMemory implements BlobStream {
    private final long blobLength;
    private @Nullable ByteBuffer rest;

    InMemory(long blobLength, ByteBuffer rest) {
      this.blobLength = blobLength;
      this.rest = rest;
    }

    @Override
    public long blobLength() {
      return blobLength;
    }

    @Override
    public @Nullable ByteBuffer next() {
      ByteBuffer next = rest;
      rest = null;
      return next;
    }

    @Override
    public void close() {
      rest = null;
    }
  }

  @Override
  public void put(BlobKey key, ByteBuffer data) throws BlobException {
    ring.put(key, data);
  }

  @Override
  public void delete(BlobKey key) throws BlobException {
    ring.delete(key);
  }

  @Override
  public boolean exists(BlobKey key) throws BlobException {
    return ring.exists(key);
  }
}

package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Blobs behind a cache of whole blobs in direct memory: what many people watch is read from the
/// ring once. Readers of a blob that is being loaded wait for that one load. A blob for which there
/// is no room is streamed past the cache; failures are not cached. For segments and other small
/// blobs. Thread-safe.
///
/// The memory of the cache counts against the JVM's `-XX:MaxDirectMemorySize`.
public final class CachedBlobs implements Blobs {
  private static final Duration LOAD_PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_OF_CACHE = 4;

  private final Blobs ring;
  private final long capacityBytes;
  private final BlobCache cache;
  private final Map<BlobKey, CompletableFuture<Boolean>> loads = new ConcurrentHashMap<>();
  private final Counter hits;
  private final Counter misses;
  private final Counter bypasses;

  /// @param capacityBytes the most memory that cached blobs take; 0 = no cache
  public CachedBlobs(Blobs ring, long capacityBytes, MeterRegistry meters) {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("a cache of " + capacityBytes + " bytes");
    }
    this.ring = ring;
    this.capacityBytes = capacityBytes;
    this.cache = new BlobCache(capacityBytes);
    this.hits = reads(meters, "hit");
    this.misses = reads(meters, "miss");
    this.bypasses = reads(meters, "bypass");
    Gauge.builder("tritontube.cache.used", cache, BlobCache::usedBytes)
        .baseUnit("bytes")
        .register(meters);
    FunctionCounter.builder("tritontube.cache.evictions", cache, BlobCache::evictions)
        .register(meters);
  }

  private static Counter reads(MeterRegistry meters, String result) {
    return Counter.builder("tritontube.cache.reads").tag("result", result).register(meters);
  }

  @Override
  public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
    CachedBlob blob = capacityBytes == 0 ? null : acquire(key);
    if (blob == null) {
      bypasses.increment();
      return ring.open(key, offset, length);
    }
    return new CachedStream(blob, offset, length);
  }

  /// The blob with one more reader, or null when it is to be streamed past the cache.
  private @Nullable CachedBlob acquire(BlobKey key) throws BlobException {
    CachedBlob blob = cache.acquire(key);
    if (blob != null) {
      hits.increment();
      return blob;
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> others = loads.putIfAbsent(key, mine);
    if (others != null) {
      hits.increment();
      return await(key, others) ? cache.acquire(key) : null;
    }
    try {
      misses.increment();
      CachedBlob loaded = loadUnlessThere(key);
      mine.complete(loaded != null);
      return loaded;
    } catch (BlobException failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      loads.remove(key, mine);
      mine.cancel(false);
    }
  }

  /// Another load may have ended between the look into the cache and the start of this one.
  private @Nullable CachedBlob loadUnlessThere(BlobKey key) throws BlobException {
    CachedBlob there = cache.acquire(key);
    return there != null ? there : load(key).orElse(null);
  }

  /// @return true when the load ended with the blob in the cache
  private static boolean await(BlobKey key, CompletableFuture<Boolean> load) throws BlobException {
    try {
      return load.get(LOAD_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof BlobException reason) {
        throw new BlobException(
            reason.reason(), "another reader's load failed: " + reason.getMessage(), reason);
      }
      throw new BlobException(
          Reason.UNAVAILABLE, "another reader's load of " + key + " failed", failure);
    } catch (TimeoutException | CancellationException failure) {
      throw new BlobException(
          Reason.UNAVAILABLE, "another reader's load of " + key + " did not end", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BlobException(
          Reason.UNAVAILABLE, "waiting for " + key + " was interrupted", interrupted);
    }
  }

  private Optional<CachedBlob> load(BlobKey key) throws BlobException {
    try (BlobStream stream = ring.open(key, 0, -1)) {
      long length = stream.blobLength();
      if (length > capacityBytes / MOST_OF_CACHE || !cache.reserve(length)) {
        return Optional.empty();
      }
      boolean kept = false;
      try {
        CachedBlob blob = CachedBlob.read(stream);
        cache.add(key, blob);
        kept = true;
        return Optional.of(blob);
      } finally {
        if (!kept) {
          cache.unreserve(length);
        }
      }
    }
  }

  @Override
  public void put(BlobKey key, ByteBuffer data) throws BlobException {
    ring.put(key, data);
  }

  @Override
  public void delete(BlobKey key) throws BlobException {
    cache.remove(key);
    ring.delete(key);
    cache.remove(key);
  }

  @Override
  public boolean exists(BlobKey key) throws BlobException {
    return ring.exists(key);
  }

  private final class CachedStream implements BlobStream {
    /// Large writes are what makes a hit cheap.
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final long blobLength;
    private final int end;
    private int position;
    private @Nullable CachedBlob blob;

    CachedStream(CachedBlob blob, long offset, long length) {
      this.blob = blob;
      this.blobLength = blob.length();
      this.position = (int) Math.min(offset, blobLength);
      this.end = (int) (length < 0 ? blobLength : Math.min(blobLength, position + length));
    }

    @Override
    public long blobLength() {
      return blobLength;
    }

    @Override
    public @Nullable ByteBuffer next() {
      CachedBlob source = blob;
      if (source == null || position >= end) {
        return null;
      }
      ByteBuffer chunk = source.slice(position, Math.min(CHUNK_BYTES, end - position));
      position += chunk.remaining();
      return chunk;
    }

    @Override
    public void close() {
      CachedBlob held = blob;
      blob = null;
      if (held != null) {
        cache.release(held);
      }
    }
  }
}

package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A ring that is a map, for tests of what stands on it. Keeps the rules of write-once keys.
/// Thread-safe.
public final class InMemoryBlobs implements Blobs {
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Map<BlobKey, byte[]> live = new ConcurrentHashMap<>();
  private final Set<BlobKey> deleted = ConcurrentHashMap.newKeySet();
  private final List<Long> opened = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable Reason failure;

  /// From now on every call fails with this reason; null = no more.
  public void failWith(@Nullable Reason reason) {
    failure = reason;
  }

  /// How many calls failed because they were told to.
  public int failures() {
    return failures.get();
  }

  /// The lengths of all ranges that were opened, as they were asked for, in order.
  public List<Long> opened() {
    return List.copyOf(opened);
  }

  /// The keys of all live blobs, sorted.
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    live.keySet().forEach(key -> keys.add(key.value()));
    return keys;
  }

  /// The keys of all blobs that were deleted, sorted.
  public Set<String> deletedKeys() {
    Set<String> keys = new TreeSet<>();
    deleted.forEach(key -> keys.add(key.value()));
    return keys;
  }

  /// All live blobs by key, sorted; the arrays are the stored ones.
  public Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    live.forEach((key, bytes) -> contents.put(key.value(), bytes));
    return contents;
  }

  @Override
  public synchronized void put(BlobKey key, ByteBuffer data) throws BlobException {
    failWhenTold(key);
    if (deleted.contains(key)) {
      throw new BlobException(Reason.KEY_DELETED, key + " was deleted");
    }
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    byte[] before = live.putIfAbsent(key, bytes);
    if (before != null && !Arrays.equals(before, bytes)) {
      throw new BlobException(Reason.DIFFERENT_BYTES, key + " has other bytes");
    }
  }

  @Override
  public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
    failWhenTold(key);
    opened.add(length);
    byte[] bytes = live.get(key);
    if (bytes == null) {
      throw new BlobException(Reason.NOT_FOUND, key + " is not there");
    }
    int from = Math.toIntExact(Math.min(offset, bytes.length));
    int count =
        Math.toIntExact(length < 0 ? bytes.length - from : Math.min(length, bytes.length - from));
    return new Stream(bytes.length, ByteBuffer.wrap(bytes, from, count).slice().asReadOnlyBuffer());
  }

  @Override
  public synchronized void delete(BlobKey key) throws BlobException {
    failWhenTold(key);
    live.remove(key);
    deleted.add(key);
  }

  @Override
  public boolean exists(BlobKey key) throws BlobException {
    failWhenTold(key);
    return live.containsKey(key);
  }

  private void failWhenTold(BlobKey key) throws BlobException {
    Reason reason = failure;
    if (reason != null) {
      failures.incrementAndGet();
      throw new BlobException(reason, "told to fail on " + key);
    }
  }

  private record Stream(long blobLength, ByteBuffer rest) implements BlobStream {
    @Override
    public @Nullable ByteBuffer next() {
      if (!rest.hasRemaining()) {
        return null;
      }
      ByteBuffer chunk = rest.slice(rest.position(), Math.min(CHUNK_BYTES, rest.remaining()));
      rest.position(rest.position() + chunk.remaining());
      return chunk;
    }

    @Override
    public void close() {}
  }
}

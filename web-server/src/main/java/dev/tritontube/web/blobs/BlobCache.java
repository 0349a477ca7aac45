package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whole blobs by key, the least recently read dropped first, within a number of bytes that holds
/// for all memory: what is cached, what is being read and what is being loaded. Thread-safe.
final class BlobCache {
  private final long capacityBytes;

  /// Guards everything below and the counts of the blobs. Held for map operations only.
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<BlobKey, CachedBlob> blobs = new LinkedHashMap<>(16, 0.75f, true);
  private long usedBytes;
  private long evictions;

  BlobCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /// A blob with one more reader, or null. Every blob that is given out is released.
  @Nullable CachedBlob acquire(BlobKey key) {
    lock.lock();
    try {
      CachedBlob blob = blobs.get(key);
      if (blob != null) {
        blob.addReader();
      }
      return blob;
    } finally {
      lock.unlock();
    }
  }

  void release(CachedBlob blob) {
    lock.lock();
    boolean free;
    try {
      free = blob.removeReader();
      usedBytes -= free ? blob.length() : 0;
    } finally {
      lock.unlock();
    }
    if (free) {
      blob.free();
    }
  }

  /// Sets memory aside for a blob, dropping others that nobody reads just now.
  ///
  /// @return false when there is no room: nothing is dropped then that would not have helped
  boolean reserve(long bytes) {
    List<CachedBlob> dropped = new ArrayList<>();
    lock.lock();
    boolean fits;
    try {
      Iterator<CachedBlob> oldest = blobs.values().iterator();
      while (usedBytes + bytes > capacityBytes && bytes <= capacityBytes && oldest.hasNext()) {
        CachedBlob candidate = oldest.next();
        if (!candidate.hasReaders()) {
          oldest.remove();
          drop(candidate, dropped);
          evictions++;
        }
      }
      fits = usedBytes + bytes <= capacityBytes;
      usedBytes += fits ? bytes : 0;
    } finally {
      lock.unlock();
    }
    dropped.forEach(CachedBlob::free);
    return fits;
  }

  /// Gives reserved memory back that no blob came into.
  void unreserve(long bytes) {
    lock.lock();
    try {
      usedBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps a blob in memory that was reserved for it; it has one reader from the start.
  void add(BlobKey key, CachedBlob blob) {
    List<CachedBlob> dropped = new ArrayList<>();
    lock.lock();
    try {
      blob.addReader();
      CachedBlob before = blobs.put(key, blob);
      if (before != null) {
        drop(before, dropped);
      }
    } finally {
      lock.unlock();
    }
    dropped.forEach(CachedBlob::free);
  }

  /// Forgets a blob; its memory is freed when the last reader is done.
  void remove(BlobKey key) {
    List<CachedBlob> dropped = new ArrayList<>();
    lock.lock();
    try {
      CachedBlob blob = blobs.remove(key);
      if (blob != null) {
        drop(blob, dropped);
      }
    } finally {
      lock.unlock();
    }
    dropped.forEach(CachedBlob::free);
  }

  private void drop(CachedBlob blob, List<CachedBlob> toFree) {
    if (blob.drop()) {
      usedBytes -= blob.length();
      toFree.add(blob);
    }
  }

  long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  long evictions() {
    lock.lock();
    try {
      return evictions;
    } finally {
      lock.unlock();
    }
  }
}

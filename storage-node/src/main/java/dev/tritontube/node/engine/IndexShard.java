package dev.tritontube.node.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One shard of a [HashIndex]: an open-addressed table of (hash, location) with ordered linear
/// probing.
///
/// Invariants: the slot where the search for a hash starts grows with the hash; entries lie in the
/// unsigned order of their hashes; no slot between an entry's first and its own is free. So entries
/// of one hash are neighbours, a search ends at the first greater hash, and walking through the
/// slots lists the hashes in order. The table does not wrap around: it has spare slots at its end,
/// and grows when these are used up or the load exceeds 85 %. Source: O. Amble and D. E. Knuth,
/// "Ordered hash tables", The Computer Journal 17(2), 1974.
final class IndexShard implements AutoCloseable {
  private static final long[] NONE = new long[0];
  private static final double MAX_LOAD = 0.85;
  private static final double GROWTH = 1.5;
  private static final long MIN_SLOTS = 64;
  private static final long MIN_SPARE_SLOTS = 256;

  private final int skippedBits;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  // Guarded by lock.
  private Arena arena = Arena.ofShared();
  private MemorySegment table;
  private long slots;
  private long spareSlots = MIN_SPARE_SLOTS;
  private long size;

  /// @param skippedBits top bits that all hashes of this shard have in common
  IndexShard(int skippedBits, long expected) {
    this.skippedBits = skippedBits;
    this.slots = Math.max(MIN_SLOTS, (long) (expected * 1.1 / MAX_LOAD));
    this.table = allocate(arena, slots + spareSlots);
  }

  long[] find(long hash) {
    lock.readLock().lock();
    try {
      long slot = seek(hash);
      if (location(slot) == Location.NOWHERE || hash(slot) != hash) {
        return NONE;
      }
      long[] found = {location(slot)};
      while (holds(++slot, hash)) {
        found = Arrays.copyOf(found, found.length + 1);
        found[found.length - 1] = location(slot);
      }
      return found;
    } finally {
      lock.readLock().unlock();
    }
  }

  void insert(long hash, long location) {
    lock.writeLock().lock();
    try {
      if (size + 1 > slots * MAX_LOAD) {
        move((long) (slots * GROWTH), spareSlots);
      }
      while (!tryInsert(hash, location)) {
        move(slots, 2 * spareSlots);
      }
      size++;
    } finally {
      lock.writeLock().unlock();
    }
  }

  long replace(long hash, long old, long location) {
    lock.writeLock().lock();
    try {
      long slot = slotOf(hash, old);
      if (slot < 0) {
        return Location.NOWHERE;
      }
      long replaced = location(slot);
      set(slot, hash, location);
      return replaced;
    } finally {
      lock.writeLock().unlock();
    }
  }

  long remove(long hash, long location) {
    lock.writeLock().lock();
    try {
      long slot = slotOf(hash, location);
      if (slot < 0) {
        return Location.NOWHERE;
      }
      long removed = location(slot);
      closeGap(slot);
      size--;
      return removed;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Appends different hashes to `target` and returns how many it then holds.
  ///
  /// @param first of this shard
  int hashes(long first, long last, long[] target, int count) {
    lock.readLock().lock();
    try {
      int filled = count;
      for (long slot = seek(first); slot < end() && filled < target.length; slot++) {
        if (location(slot) == Location.NOWHERE) {
          continue;
        }
        long hash = hash(slot);
        if (Long.compareUnsigned(hash, last) > 0) {
          break;
        }
        if (filled == 0 || target[filled - 1] != hash) {
          target[filled++] = hash;
        }
      }
      return filled;
    } finally {
      lock.readLock().unlock();
    }
  }

  long size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  long bytes() {
    lock.readLock().lock();
    try {
      return table.byteSize();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      slots = 0;
      size = 0;
      table = MemorySegment.NULL;
      arena.close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static MemorySegment allocate(Arena arena, long slots) {
    return arena.allocate(slots * 2 * Long.BYTES, Long.BYTES);
  }

  private long end() {
    return table.byteSize() / (2 * Long.BYTES);
  }

  /// Where the search for a hash starts.
  private long home(long hash) {
    return Math.unsignedMultiplyHigh(hash << skippedBits, slots);
  }

  /// The first slot from the hash's home on that is free or holds no smaller hash.
  private long seek(long hash) {
    long slot = home(hash);
    while (slot < end() - 1
        && location(slot) != Location.NOWHERE
        && Long.compareUnsigned(hash(slot), hash) < 0) {
      slot++;
    }
    return slot;
  }

  private boolean holds(long slot, long hash) {
    return slot < end() && location(slot) != Location.NOWHERE && hash(slot) == hash;
  }

  private long slotOf(long hash, long location) {
    for (long slot = seek(hash); holds(slot, hash); slot++) {
      if (Location.samePlace(location(slot), location)) {
        return slot;
      }
    }
    return -1;
  }

  /// False when the spare slots are used up.
  private boolean tryInsert(long hash, long location) {
    long slot = seek(hash);
    long free = slot;
    while (free < end() && location(free) != Location.NOWHERE) {
      free++;
    }
    // The last slot always stays free: it ends every search.
    if (free >= end() - 1) {
      return false;
    }
    for (long to = free; to > slot; to--) {
      set(to, hash(to - 1), location(to - 1));
    }
    set(slot, hash, location);
    return true;
  }

  private void closeGap(long gap) {
    long to = gap;
    while (location(to + 1) != Location.NOWHERE && home(hash(to + 1)) <= to) {
      set(to, hash(to + 1), location(to + 1));
      to++;
    }
    set(to, 0, Location.NOWHERE);
  }

  /// Into a larger table. No entry lies farther behind the last home than before.
  private void move(long newSlots, long newSpareSlots) {
    MemorySegment old = table;
    Arena oldArena = arena;
    long oldEnd = end();
    slots = newSlots;
    spareSlots = newSpareSlots;
    arena = Arena.ofShared();
    table = allocate(arena, slots + spareSlots);
    long next = 0;
    for (long slot = 0; slot < oldEnd; slot++) {
      long location = old.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot + 1);
      if (location != Location.NOWHERE) {
        long hash = old.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot);
        next = Math.max(next, home(hash));
        set(next++, hash, location);
      }
    }
    oldArena.close();
  }

  private long hash(long slot) {
    return table.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot);
  }

  private long location(long slot) {
    return table.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot + 1);
  }

  private void set(long slot, long hash, long location) {
    table.setAtIndex(ValueLayout.JAVA_LONG, 2 * slot, hash);
    table.setAtIndex(ValueLayout.JAVA_LONG, 2 * slot + 1, location);
  }
}

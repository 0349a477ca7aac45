package dev.tritontube.node.engine;

import java.util.Arrays;

/// Where the newest record of each key is, by the key's hash: in memory outside the heap, 16 bytes
/// an entry at a load of 57 to 85 %, so at most 28.3 bytes a blob.
///
/// The index does not know keys: several of them may have one hash, and who looks a key up reads
/// the records. It is cut by the top bits of the hash into shards that grow one at a time.
/// Thread-safe; made for one thread that changes it and many that read.
final class HashIndex implements AutoCloseable {
  private static final int SHARD_BITS = 6;

  private final IndexShard[] shards = new IndexShard[1 << SHARD_BITS];

  /// @param expected entries, to take the memory at once
  HashIndex(long expected) {
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new IndexShard(SHARD_BITS, expected / shards.length);
    }
  }

  /// The locations of all entries of a hash.
  long[] find(long hash) {
    return shard(hash).find(hash);
  }

  void insert(long hash, long location) {
    shard(hash).insert(hash, location);
  }

  /// Puts a location in the place of another one; the flags of the old one do not matter.
  ///
  /// @return what was replaced, `NOWHERE` when it is not there
  long replace(long hash, long old, long location) {
    return shard(hash).replace(hash, old, location);
  }

  /// @return what was removed, `NOWHERE` when it is not there
  long remove(long hash, long location) {
    return shard(hash).remove(hash, location);
  }

  /// The next different hashes that have entries, in unsigned order.
  ///
  /// @param first inclusive
  /// @param last inclusive
  /// @param limit how many hashes at most
  long[] hashes(long first, long last, int limit) {
    long[] found = new long[limit];
    int count = 0;
    for (int i = shardOf(first); i <= shardOf(last) && count < limit; i++) {
      long from = i == shardOf(first) ? first : (long) i << (Long.SIZE - SHARD_BITS);
      count = shards[i].hashes(from, last, found, count);
    }
    return Arrays.copyOf(found, count);
  }

  long size() {
    return Arrays.stream(shards).mapToLong(IndexShard::size).sum();
  }

  /// Memory outside the heap.
  long bytes() {
    return Arrays.stream(shards).mapToLong(IndexShard::bytes).sum();
  }

  @Override
  public void close() {
    for (IndexShard shard : shards) {
      shard.close();
    }
  }

  private IndexShard shard(long hash) {
    return shards[shardOf(hash)];
  }

  private static int shardOf(long hash) {
    return (int) (hash >>> (Long.SIZE - SHARD_BITS));
  }
}

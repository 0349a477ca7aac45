package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;

/// What every read shares. Thread-safe.
record RingReads(RingView ring, Attempts attempts, ReplicaRace race, ChunkBuffers buffers) {

  ReplicaSearch search(BlobKey key) throws BlobException {
    return new ReplicaSearch(key, ring, race, attempts);
  }
}

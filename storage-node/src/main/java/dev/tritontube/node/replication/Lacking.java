package dev.tritontube.node.replication;

import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.node.peers.Peer;
import dev.tritontube.ring.BlobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The difference between what this node holds in some arcs and the union of what others hold. A
/// tombstone wins over a live blob, wherever it comes from. Not thread-safe.
final class Lacking {
  private final Map<BlobKey, ListedBlob> own = new HashMap<>();
  private final Map<BlobKey, List<Peer>> blobs = new LinkedHashMap<>();
  private final Set<BlobKey> tombstones = new LinkedHashSet<>();
  private long entries;

  /// Takes an entry of this node's own list. All of them come before those of others.
  void own(ListedBlob blob) {
    entries++;
    own.put(blob.key(), blob);
  }

  /// Takes an entry of another node's list.
  void other(Peer holder, ListedBlob blob) {
    entries++;
    ListedBlob mine = own.get(blob.key());
    if (blob.tombstone()) {
      otherTombstone(blob.key(), mine != null && mine.tombstone());
    } else if (mine == null && !tombstones.contains(blob.key())) {
      blobs.computeIfAbsent(blob.key(), _ -> new ArrayList<>(2)).add(holder);
    }
  }

  private void otherTombstone(BlobKey key, boolean known) {
    if (!known) {
      tombstones.add(key);
      blobs.remove(key);
    }
  }

  /// Live blobs that this node lacks, with the nodes that hold them.
  Map<BlobKey, List<Peer>> blobs() {
    return blobs;
  }

  /// Tombstones that this node lacks.
  Set<BlobKey> tombstones() {
    return tombstones;
  }

  /// Everything that was seen.
  long entries() {
    return entries;
  }
}

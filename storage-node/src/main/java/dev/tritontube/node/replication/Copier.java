package dev.tritontube.node.replication;

import dev.tritontube.node.engine.DiskFailedException;
import dev.tritontube.node.engine.DiskFullException;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.engine.PutOutcome;
import dev.tritontube.node.peers.Peer;
import dev.tritontube.node.peers.SilentPeerException;
import dev.tritontube.node.peers.Throttle;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies blobs from whichever peer can give them. A peer that does not answer is not asked again:
/// each time would take seconds. Made anew for each run. Thread-safe.
final class Copier {
  private static final Logger LOG = LoggerFactory.getLogger(Copier.class);

  private final NodeBlobs blobs;
  private final Set<Peer> silent = ConcurrentHashMap.newKeySet();

  Copier(NodeBlobs blobs) {
    this.blobs = blobs;
  }

  /// Tries the holders one after the other, each key beginning with another one.
  ///
  /// @throws DiskFullException when this node has no room
  /// @throws DiskFailedException when this node's disk failed
  /// @throws InterruptedIOException when interrupted
  Copies copy(BlobKey key, long epoch, List<Peer> holders, Throttle throttle) throws IOException {
    int first = Math.floorMod(key.hashCode(), Math.max(1, holders.size()));
    for (int i = 0; i < holders.size(); i++) {
      Optional<Copies> copied =
          copyFrom(holders.get((first + i) % holders.size()), key, epoch, throttle);
      if (copied.isPresent()) {
        return copied.get();
      }
    }
    return Copies.FAILED;
  }

  private Optional<Copies> copyFrom(Peer holder, BlobKey key, long epoch, Throttle throttle)
      throws IOException {
    if (silent.contains(holder)) {
      return Optional.empty();
    }
    try {
      Optional<Payload> fetched = holder.fetch(key, blobs.store().buffers(), throttle);
      return fetched.isEmpty() ? Optional.empty() : Optional.of(store(key, epoch, fetched.get()));
    } catch (DiskFullException | DiskFailedException | InterruptedIOException fatal) {
      throw fatal;
    } catch (SilentPeerException failure) {
      LOG.info("going on without a peer: {}", failure.getMessage());
      silent.add(holder);
      return Optional.empty();
    } catch (IOException failure) {
      LOG.debug("trying the next holder of {}", key, failure);
      return Optional.empty();
    }
  }

  private Copies store(BlobKey key, long epoch, Payload fetched) throws IOException {
    try (fetched) {
      PutOutcome outcome = blobs.put(new PutCommand(key, epoch, fetched, List.of()));
      return switch (outcome) {
        case STORED -> Copies.blob(fetched.length());
        case ALREADY_STORED, KEY_DELETED -> Copies.NONE;
        case DIFFERENT_BYTES -> {
          LOG.warn("a peer holds other bytes than this node under {}", key);
          yield Copies.FAILED;
        }
      };
    }
  }
}

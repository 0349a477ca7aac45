package dev.tritontube.node.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.node.engine.DiskFailedException;
import dev.tritontube.node.engine.InMemoryBlobStore;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.membership.NodeIdentity;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that owns half of the arcs and holds blobs of all.
class PurgeTest {
  private static final int BLOBS = 200;

  private final Layout layout = layout();
  private final Membership membership;

  PurgeTest(@TempDir Path folder) throws IOException {
    membership = Membership.load(new FirstNode(), folder, () -> {});
    membership.install(layout.encode());
  }

  @Test
  void forgetsWhatTheNodeDoesNotOwn() throws Exception {
    NodeBlobs blobs = filled(new InMemoryBlobStore());

    Purge.Purged purged = new Purge(membership, blobs).run(layout);

    assertEquals(BLOBS - owned(), purged.blobs());
    assertEquals(owned(), blobs.store().stats().blobs());
  }

  @Test
  @Timeout(60)
  void aNewerLayoutWaitsUntilAKeyIsForgotten() throws Exception {
    List<Long> epochs = new ArrayList<>();
    InMemoryBlobStore slow =
        new InMemoryBlobStore() {
          @Override
          public synchronized boolean forget(BlobKey key) throws DiskFailedException {
            Thread install = Thread.ofPlatform().start(PurgeTest.this::installNext);
            while (install.isAlive() && install.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            epochs.add(membership.epoch());
            return super.forget(key);
          }
        };

    new Purge(membership, filled(slow)).run(layout);

    assertEquals(1, epochs.getFirst());
  }

  private void installNext() {
    try {
      membership.install(layout.withNodes(layout.nodes()).encode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NodeBlobs filled(InMemoryBlobStore store) throws Exception {
    for (int i = 0; i < BLOBS; i++) {
      try (PayloadBuilder bytes = store.buffers().receive(1)) {
        bytes.append(ByteBuffer.wrap(new byte[1]));
        store.put(new PutCommand(key(i), 1, bytes.finish(), List.of()));
      }
    }
    return new NodeBlobs(store);
  }

  private long owned() {
    return IntStream.range(0, BLOBS)
        .filter(i -> layout.owns(membership.nodeId(), layout.arcOf(key(i))))
        .count();
  }

  private static BlobKey key(int i) {
    return new BlobKey("a/" + i);
  }

  private static Layout layout() {
    return Solver.first("cluster", 8, 1, List.of(node(1), node(2)));
  }

  private static LayoutNode node(int number) {
    NodeId id = new NodeId("%016x".formatted(number));
    return new LayoutNode(id, "127.0.0.1:" + number, "zone", 1, NodeState.ACTIVE);
  }

  private static final class FirstNode implements NodeIdentity {
    @Override
    public NodeId nodeId() {
      return node(1).id();
    }

    @Override
    public Optional<String> clusterId() {
      return Optional.of("cluster");
    }

    @Override
    public void join(String clusterId) {}
  }
}

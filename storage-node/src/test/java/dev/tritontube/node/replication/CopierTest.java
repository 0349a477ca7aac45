package dev.tritontube.node.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.node.engine.BufferPool;
import dev.tritontube.node.engine.InMemoryBlobStore;
import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.node.peers.Announcement;
import dev.tritontube.node.peers.Peer;
import dev.tritontube.node.peers.SilentPeerException;
import dev.tritontube.node.peers.Throttle;
import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CopierTest {
  private final NodeBlobs blobs = new NodeBlobs(new InMemoryBlobStore());
  private final Copier copier = new Copier(blobs);

  @Test
  void asksASilentPeerOnce() throws Exception {
    FakePeer silent = new FakePeer(true);
    FakePeer good = new FakePeer(false);
    for (int i = 0; i < 20; i++) {
      Copies copied = copier.copy(new BlobKey("a/" + i), 1, List.of(silent, good), Throttle.NONE);
      assertEquals(1, copied.blobs());
    }
    assertEquals(1, silent.asked);
    assertEquals(20, good.asked);
  }

  private static final class FakePeer implements Peer {
    private final boolean silent;
    private int asked;

    FakePeer(boolean silent) {
      this.silent = silent;
    }

    @Override
    public void list(List<ArcRange> arcs, Consumer<ListedBlob> sink) {
      throw new AssertionError("not asked here");
    }

    @Override
    public Optional<Payload> fetch(BlobKey key, BufferPool into, Throttle throttle)
        throws IOException {
      asked++;
      if (silent) {
        throw new SilentPeerException("no answer", new TimeoutException());
      }
      try (PayloadBuilder bytes = into.receive(3)) {
        bytes.append(ByteBuffer.wrap(new byte[3]));
        return Optional.of(bytes.finish());
      }
    }

    @Override
    public void announce(Announcement announcement) {
      throw new AssertionError("not asked here");
    }
  }
}

package dev.tritontube.bench;

import com.google.protobuf.ByteString;
import dev.tritontube.proto.node.v1.GetLayoutRequest;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Layouts;
import dev.tritontube.web.blobs.NodeChannels;
import dev.tritontube.web.blobs.NodeHealth;
import dev.tritontube.web.blobs.RingBlobs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// The web server's own client of the ring, in this process.
final class RingClient implements AutoCloseable {
  private final NodeChannels channels = new NodeChannels();
  private final NodeHealth health;
  private final RingBlobs blobs;
  private final String run = Long.toHexString(System.nanoTime());

  /// @param node the address of a node that knows the layout
  RingClient(String node) {
    Layouts layouts = new OneLayout(layoutOf(node));
    health = new NodeHealth(channels, layouts, new SimpleMeterRegistry(), InstantSource.system());
    health.start(Duration.ofSeconds(1));
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    blobs = new RingBlobs(layouts, channels, health, new SimpleMeterRegistry(), random);
  }

  private Layout layoutOf(String node) {
    ByteString encoded =
        NodeServiceGrpc.newBlockingStub(channels.control(node))
            .getLayout(GetLayoutRequest.getDefaultInstance())
            .getLayout();
    return Layout.decode(encoded.toByteArray());
  }

  /// A client that stores a new blob with each request.
  ClosedLoop.Client putting(int number, int sizeBytes) {
    ByteBuffer data = random(sizeBytes);
    int[] count = {0};
    return () -> {
      blobs.put(
          new BlobKey("bench/%s/%d/%d/%d".formatted(run, sizeBytes, number, count[0]++)),
          data.duplicate());
      return sizeBytes;
    };
  }

  /// A client that reads one of 16 blobs of this size with each request; stores them first.
  ClosedLoop.Client getting(int number, int sizeBytes) throws BlobException {
    BlobKey[] keys = new BlobKey[16];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new BlobKey("bench/%s/get/%d/%d/%d".formatted(run, sizeBytes, number, i));
      blobs.put(keys[i], random(sizeBytes));
    }
    int[] count = {0};
    return () -> read(keys[count[0]++ % keys.length]);
  }

  private long read(BlobKey key) throws BlobException {
    long bytes = 0;
    try (BlobStream stream = blobs.open(key, 0, -1)) {
      for (ByteBuffer next = stream.next(); next != null; next = stream.next()) {
        bytes += next.remaining();
      }
    }
    return bytes;
  }

  static ByteBuffer random(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new SplittableRandom(sizeBytes).nextBytes(bytes);
    return ByteBuffer.allocateDirect(sizeBytes).put(bytes).flip();
  }

  @Override
  public void close() {
    health.close();
    channels.close();
  }

  /// The layout of a cluster that does not change while it is measured.
  private record OneLayout(Layout current) implements Layouts {
    @Override
    public Layout refresh(long atLeastEpoch) {
      return current;
    }
  }
}

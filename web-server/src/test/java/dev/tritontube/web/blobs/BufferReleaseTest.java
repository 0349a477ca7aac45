package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tritontube.ring.BlobKey;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Netty's leak detector, which watches every buffer in these tests, reports a buffer that was
/// collected and not released when later ones are taken.
@Timeout(120)
class BufferReleaseTest {
  private static final BlobKey KEY = new BlobKey("a/1/original/0");
  private static final String DETECTOR = "io.grpc.netty.shaded.io.netty.util.ResourceLeakDetector";

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();
  private final Logger detector = (Logger) LoggerFactory.getLogger(DETECTOR);

  @BeforeEach
  void listen() {
    reports.start();
    detector.addAppender(reports);
  }

  @AfterEach
  void stopListening() {
    detector.detachAppender(reports);
  }

  @Test
  void cancelReleasesBuffers() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, FakeRing.bytes(4_000_000));
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 20; i++) {
          try (BlobStream stream = ring.blobs.open(KEY, 0, -1)) {
            assertNotNull(stream.next());
          }
        }
        System.gc();
      }
      assertNoLeaks(ring);
    }
  }

  @Test
  void failoverReleasesBuffers() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, FakeRing.bytes(4_000_000));
      RuntimeException broken = Status.UNAVAILABLE.asRuntimeException();
      ring.owners(KEY).subList(0, 2).forEach(node -> node.breakReadsAfter(700_000, broken));
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 10; i++) {
          try (BlobStream stream = ring.blobs.open(KEY, 0, -1)) {
            assertEquals(4_000_000, FakeRing.readAll(stream).length);
          }
        }
        System.gc();
      }
      assertNoLeaks(ring);
    }
  }

  private void assertNoLeaks(FakeRing ring) throws BlobException {
    try (BlobStream stream = ring.blobs.open(KEY, 0, -1)) {
      assertEquals(4_000_000, FakeRing.readAll(stream).length);
    }
    List<String> leaks = reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertEquals(List.of(), leaks);
  }
}

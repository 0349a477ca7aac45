package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeChannelsTest {
  private static final String NOWHERE = "127.0.0.1:1";

  @Test
  void callsAfterTheEndFailLikeThoseToANodeThatIsDown() {
    NodeChannels channels = new NodeChannels();
    ManagedChannel before = channels.control(NOWHERE);
    channels.close();
    ManagedChannel after = channels.control(NOWHERE);

    assertTrue(before.isShutdown());
    assertTrue(after.isShutdown());
    assertEquals(Status.Code.UNAVAILABLE, failure(before));
    assertEquals(Status.Code.UNAVAILABLE, failure(after));
  }

  private static Status.Code failure(ManagedChannel channel) {
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () ->
                HealthGrpc.newFutureStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .get());
    return Status.fromThrowable(failed).getCode();
  }
}

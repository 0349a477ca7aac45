package dev.tritontube.proto.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.proto.node.v1.DescribeRequest;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void saysWhatTheOtherSideSaid() {
    assertEquals("no such node", Reason.of(Status.NOT_FOUND.withDescription("no such node")));
    assertEquals("UNKNOWN", Reason.of(Status.UNKNOWN));
  }

  @Test
  void saysThatAConnectionWasRefused() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertEquals("Connection refused", reason(new HostPort("127.0.0.1", port).target()));
  }

  /// Whether there is an IPv6 here or not: the address is understood.
  @Test
  void connectsToAddressesOfVersion6() throws Exception {
    String reason = reason(HostPort.parse("[::1]:1").target());
    assertFalse(reason.matches("(?i).*resolve.*"), reason);
  }

  private static String reason(String target) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    try {
      var node = NodeServiceGrpc.newBlockingStub(channel);
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> node.describe(DescribeRequest.getDefaultInstance()));
      return Reason.of(failure.getStatus());
    } finally {
      channel.shutdownNow();
    }
  }
}

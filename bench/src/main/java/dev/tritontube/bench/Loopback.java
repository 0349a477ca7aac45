package dev.tritontube.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Bytes over a bare TCP connection on loopback: what is there to be had.
final class Loopback implements AutoCloseable {
  private final ServerSocketChannel server;

  Loopback() throws IOException {
    server =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /// A client whose request is one byte and whose answer is so many.
  ClosedLoop.Client client(int sizeBytes) throws IOException {
    SocketChannel connection = SocketChannel.open(server.getLocalAddress());
    SocketChannel accepted = server.accept();
    Thread.ofPlatform().daemon().start(() -> serve(accepted, sizeBytes));
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    ByteBuffer received = ByteBuffer.allocateDirect(256 << 10);
    return new ClosedLoop.Client() {
      @Override
      public long request() throws IOException {
        connection.write(one.clear());
        for (long missing = sizeBytes; missing > 0; ) {
          missing -= connection.read(received.clear());
        }
        return sizeBytes;
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  private static void serve(SocketChannel connection, int sizeBytes) {
    ByteBuffer payload = ByteBuffer.allocateDirect(sizeBytes);
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    try (connection) {
      while (connection.read(one.clear()) > 0) {
        payload.clear();
        while (payload.hasRemaining()) {
          connection.write(payload);
        }
      }
    } catch (IOException e) {
      // The client went away in the middle: it has measured enough.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

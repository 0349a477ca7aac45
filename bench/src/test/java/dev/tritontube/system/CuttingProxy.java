package dev.tritontube.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between a client and a server, and hangs up in the middle of what the client sends.
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI server;
  private final long cutAfter;
  private final AtomicInteger cutsLeft;
  private final AtomicLong sent = new AtomicLong();
  private final Object gate = new Object();

  /// Bytes from clients that may go on to the server; under the gate.
  private long allowed = Long.MAX_VALUE;

  /// @param cuts how often it hangs up
  /// @param cutAfter bytes from the client on one connection
  CuttingProxy(URI server, int cuts, long cutAfter) throws IOException {
    this.server = server;
    this.cutAfter = cutAfter;
    this.cutsLeft = new AtomicInteger(cuts);
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /// Bytes that went on to the server, headers included.
  long sent() {
    return sent.get();
  }

  int cutsLeft() {
    return cutsLeft.get();
  }

  /// Holds back what clients send beyond so many bytes, all connections together.
  void allow(long bytes) {
    synchronized (gate) {
      allowed = bytes;
      gate.notifyAll();
    }
  }

  private void awaitAllowed() throws InterruptedException {
    synchronized (gate) {
      while (sent.get() >= allowed) {
        gate.wait();
      }
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      Thread back =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      upstream.getInputStream().transferTo(client.getOutputStream());
                      client.close();
                    } catch (IOException _) {
                      // One of the two has hung up.
                    }
                  });
      forward(client.getInputStream(), upstream.getOutputStream());
      upstream.shutdownOutput();
      back.join();
    } catch (IOException | InterruptedException _) {
      // One of the two has hung up, or there is no server just now.
    }
  }

  /// @return when the client has said everything, or was cut off
  private void forward(InputStream from, OutputStream to) throws IOException, InterruptedException {
    byte[] data = new byte[64 << 10];
    long here = 0;
    for (int count = from.read(data); count >= 0; count = from.read(data)) {
      awaitAllowed();
      to.write(data, 0, count);
      sent.addAndGet(count);
      here += count;
      if (here >= cutAfter && cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("cut off");
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

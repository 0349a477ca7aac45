package dev.tritontube.web.packaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lets the programs of this worker read originals by HTTP Range, from a loopback address that
/// nobody can guess and that is gone when the lease is closed. Nothing of an original is kept on
/// the disk. Thread-safe.
final class SourceRelay implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final int COPY_BYTES = 256 * 1024;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  SourceRelay() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Opens an address for an original.
  Lease lend(Original original) {
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    Lease lease = new Lease("/" + HexFormat.of().formatHex(secret), original);
    leases.put(lease.path, lease);
    return lease;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Lease lease = leases.get(exchange.getRequestURI().getPath());
      if (lease == null || !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, lease);
    }
  }

  private static void send(HttpExchange exchange, Lease lease) throws IOException {
    long size = lease.original.size();
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("bytes=0-");
    Matcher range = RANGE.matcher(header);
    long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (from >= size) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    boolean open = !range.matches() || range.group(2).isEmpty();
    long last = open ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, size));
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(206, last - from + 1);
    copy(exchange.getResponseBody(), lease, from, last - from + 1);
  }

  private static void copy(OutputStream out, Lease lease, long from, long count)
      throws IOException {
    try (InputStream in = lease.open(from)) {
      byte[] buffer = new byte[COPY_BYTES];
      long left = count;
      while (left > 0) {
        int read = lease.read(in, buffer, (int) Math.min(buffer.length, left));
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  /// The right to read one original. Remembers whether the ring failed, since the program that
  /// reads cannot tell that from a broken file.
  final class Lease implements AutoCloseable {
    private final String path;
    private final Original original;
    private volatile @Nullable IOException failure;

    private Lease(String path, Original original) {
      this.path = path;
      this.original = original;
    }

    String url() {
      return "http://127.0.0.1:" + port() + path;
    }

    Original original() {
      return original;
    }

    /// @throws IOException when a read from the ring failed while the lease was used
    void throwFailure() throws IOException {
      IOException found = failure;
      if (found != null) {
        throw new IOException("the original could not be read", found);
      }
    }

    @Override
    public void close() {
      leases.remove(path);
    }

    private InputStream open(long offset) throws IOException {
      try {
        return original.open(offset);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    private int read(InputStream in, byte[] buffer, int count) throws IOException {
      try {
        int read = in.read(buffer, 0, count);
        if (read < 0) {
          throw new IOException("the original ends early");
        }
        return read;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}

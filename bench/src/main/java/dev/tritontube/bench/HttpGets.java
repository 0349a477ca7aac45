package dev.tritontube.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client that gets one address over one connection again and again, and does as little as can be
/// with what comes: so that the servers, not the client, are measured.
final class HttpGets implements ClosedLoop.Client {
  private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

  private final SocketChannel connection;
  private final ByteBuffer request;
  private final ByteBuffer received = ByteBuffer.allocateDirect(256 << 10);

  /// @param headers more header lines, each with its CRLF
  HttpGets(URI address, String headers) throws IOException {
    connection = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
    connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String text =
        "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
            .formatted(target(address), address.getAuthority(), headers);
    request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String target(URI address) {
    String query = address.getRawQuery();
    return address.getRawPath() + (query == null ? "" : "?" + query);
  }

  @Override
  public long request() throws IOException {
    request.rewind();
    while (request.hasRemaining()) {
      connection.write(request);
    }
    received.clear();
    int headerBytes = -1;
    while (headerBytes < 0) {
      receive();
      headerBytes = headerBytes();
    }
    long length = contentLength(headerBytes);
    long missing = length - (received.position() - headerBytes);
    while (missing > 0) {
      received.clear();
      missing -= receive();
    }
    return length;
  }

  private int receive() throws IOException {
    int read = connection.read(received);
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    return read;
  }

  private int headerBytes() {
    for (int i = 3; i < received.position(); i++) {
      if (received.get(i) == '\n' && received.get(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private long contentLength(int headerBytes) throws IOException {
    byte[] header = new byte[headerBytes];
    received.get(0, header);
    String text = new String(header, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(text);
    if (!text.startsWith("http/1.1 20") || !length.find()) {
      throw new IOException("unexpected answer: " + text);
    }
    return Long.parseLong(length.group(1));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

package dev.tritontube.hostile;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What nobody may read: an address that tells who asked, and a file.
final class Canary implements AutoCloseable {
  static final String NAME = "tritontube-canary";

  private final Path file;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /// @param content of the file: a good video, so that it would show
  Canary(Path folder, byte[] content) throws IOException {
    file = Files.write(folder.resolve(NAME + ".mp4"), content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  Path file() {
    return file;
  }

  String address(String name) {
    return "http://127.0.0.1:" + port() + "/" + NAME + "/" + name;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// What was asked for.
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

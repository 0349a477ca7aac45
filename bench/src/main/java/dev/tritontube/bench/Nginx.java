package dev.tritontube.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An nginx that serves one folder with sendfile, as a peer to compare with.
final class Nginx implements AutoCloseable {
  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Empty where nginx is not installed.
  static Optional<Nginx> serving(Path folder, int port) throws IOException, InterruptedException {
    Optional<String> program =
        List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx").stream()
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Path work = Files.createTempDirectory("tritontube-nginx-");
    Path configuration = work.resolve("nginx.conf");
    Files.writeString(configuration, configuration(folder, work, port));
    List<String> command =
        new ArrayList<>(
            List.of(program.get(), "-c", configuration.toString(), "-p", work.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.waitFor(500, TimeUnit.MILLISECONDS);
    return Optional.of(new Nginx(process, port));
  }

  private static String configuration(Path folder, Path work, int port) {
    return """
        daemon off;
        user %s;
        worker_processes 2;
        error_log stderr error;
        pid %s/nginx.pid;
        events { worker_connections 256; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000;
          client_body_temp_path %s/body;
          proxy_temp_path %s/proxy;
          fastcgi_temp_path %s/fastcgi;
          uwsgi_temp_path %s/uwsgi;
          scgi_temp_path %s/scgi;
          server { listen 127.0.0.1:%d; root %s; }
        }
        """
        .formatted(
            System.getProperty("user.name"), work, work, work, work, work, work, port, folder);
  }

  URI address(String file) {
    return URI.create("http://127.0.0.1:" + port + "/" + file);
  }

  List<Long> pids() {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    process.descendants().forEach(child -> pids.add(child.pid()));
    return pids;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}

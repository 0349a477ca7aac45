package dev.tritontube.web;

import dev.tritontube.proto.reach.HostPort;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.http.Origins;
import dev.tritontube.web.http.TlsFiles;
import dev.tritontube.web.http.TrustedProxies;
import dev.tritontube.web.limits.RateLimitRoutes;
import dev.tritontube.web.packaging.Sandboxing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a web server is told.
///
/// @param nodes addresses of the first storage nodes of a new cluster
/// @param portFile gets the ports, HTTP and admin, a line each, once both are bound
record WebConfig(
    Listen listen,
    Path data,
    List<String> nodes,
    Set<Role> roles,
    Catalog catalog,
    Limits limits,
    Jobs jobs,
    Cleanup cleanup,
    Tools tools,
    Visitors visitors,
    Registration registration,
    Optional<Path> portFile) {

  /// What somebody is who registers.
  enum Registration {
    UPLOADER,
    VIEWER,
    /// Nobody may: administrators make the accounts.
    OFF;

    Optional<dev.tritontube.web.accounts.Role> role() {
      return switch (this) {
        case UPLOADER -> Optional.of(dev.tritontube.web.accounts.Role.UPLOADER);
        case VIEWER -> Optional.of(dev.tritontube.web.accounts.Role.VIEWER);
        case OFF -> Optional.empty();
      };
    }
  }

  /// What a process does beside the rest.
  enum Role {
    /// REST, playback and the admin service.
    WEB,
    /// Packaging jobs.
    WORKER
  }

  /// @param port of HTTP; 0 = any free one
  /// @param adminPort of the admin service; 0 = any free one
  /// @param tls of HTTP; empty: plain
  record Listen(String host, int port, int adminPort, Optional<Tls> tls) {
    private static final int MAX_PORT = 65535;

    Listen {
      int redirect = tls.map(Tls::redirectPort).orElse(OptionalInt.empty()).orElse(0);
      for (int each : new int[] {port, adminPort, redirect}) {
        if (each < 0 || each > MAX_PORT) {
          throw new IllegalArgumentException("a port is 0 to 65535, not " + each);
        }
      }
    }
  }

  /// @param redirectPort of plain HTTP, which sends everybody to TLS
  /// @param strictTransport for how long browsers shall insist on TLS
  record Tls(TlsFiles files, OptionalInt redirectPort, Duration strictTransport) {}

  /// @param url of PostgreSQL; empty: a SQLite file in the data folder
  /// @param backupEvery how often it is copied into the ring; zero: only when somebody asks
  record Catalog(
      Optional<String> url,
      Optional<String> user,
      Optional<Path> passwordFile,
      Duration backupEvery) {
    Catalog {
      if (url.isPresent() && !url.get().matches("(jdbc:)?postgresql://.+")) {
        throw new IllegalArgumentException(
            "a database is postgresql://host:port/name, not '" + url.get() + "'");
      }
    }
  }

  /// @param cacheBytes of segments in memory; 0 = no cache
  /// @param answerBytes of lists and videos in memory; 0 = none is kept
  /// @param uploadBytes of one upload
  /// @param uploadMemoryBytes of all uploads together, while they are on their way
  /// @param quota of everybody of whom an administrator says nothing else
  record Limits(
      long cacheBytes, long answerBytes, long uploadBytes, long uploadMemoryBytes, Quota quota) {}

  /// @param retries of what fails and is not the file's fault
  /// @param grace for how long what was replaced by another encoding is kept, for those who play it
  record Jobs(int retries, Duration grace) {}

  /// @param retention for how long a deleted video can be restored; zero: not at all
  /// @param at when videos that expired or were deleted for long are cleaned up each day, in the
  ///   time zone of the system
  record Cleanup(Duration retention, LocalTime at) {}

  /// Programs that are not to be looked for on the PATH, and what to do with them.
  ///
  /// @param remux whether pictures that can be played as they are stand for the largest size
  /// @param profiles a file of ways to encode
  record Tools(
      Optional<Path> ffmpeg,
      Optional<Path> ffprobe,
      Sandboxing sandboxing,
      boolean remux,
      Optional<Path> profiles) {}

  /// Who comes over HTTP, and how.
  ///
  /// @param origins whose pages may do what their users may
  /// @param proxies that are believed for whom they ask
  record Visitors(Origins origins, TrustedProxies proxies, RateLimitRoutes.Limits limits) {}

  WebConfig {
    nodes = nodes.stream().map(node -> HostPort.parse(node.strip()).toString()).toList();
    roles = Set.copyOf(roles);
  }
}

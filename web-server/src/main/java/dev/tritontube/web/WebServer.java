package dev.tritontube.web;

import dev.tritontube.web.WebConfig.Registration;
import dev.tritontube.web.WebConfig.Role;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.http.Origins;
import dev.tritontube.web.http.TlsFiles;
import dev.tritontube.web.http.TrustedProxies;
import dev.tritontube.web.limits.RateLimitRoutes;
import dev.tritontube.web.packaging.Sandboxing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The web server's command. Exit codes: 0 stopped when asked to, 1 could not run and says why in
/// one line, 2 wrong usage.
///
/// Each flag is also a variable `TRITONTUBE_…` and a key of the configuration file.
@Command(
    name = "web",
    description = "Serves REST, playback and administration of a TritonTube cluster.",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    sortOptions = false)
public final class WebServer implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP port; 0 takes any free one (default ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--admin-port",
      defaultValue = "8081",
      description = "admin gRPC port; 0 takes any free one (default ${DEFAULT-VALUE})")
  private int adminPort;

  @Option(
      names = "--data",
      defaultValue = "./data",
      description = "folder of the catalog and the key (default ${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--nodes",
      split = ",",
      description = "addresses of the first storage nodes, when the cluster is new")
  private List<String> nodes = List.of();

  @Option(
      names = "--roles",
      split = ",",
      defaultValue = "web,worker",
      description = "web, worker or both (default ${DEFAULT-VALUE})")
  private Set<Role> roles = Set.of(Role.WEB, Role.WORKER);

  @Option(
      names = "--database",
      description =
          "postgresql://host:port/name of a shared catalog (default: SQLite in the data folder)")
  private @Nullable String database;

  @Option(names = "--database-user", description = "user of the shared catalog")
  private @Nullable String databaseUser;

  @Option(names = "--database-password-file", description = "file that holds its password")
  private @Nullable Path databasePasswordFile;

  @Option(
      names = "--backup-every",
      defaultValue = "1h",
      converter = TimeSpan.class,
      description =
          "how often the catalog is copied into the ring; 0s = only when somebody asks"
              + " (default ${DEFAULT-VALUE})")
  private Duration backupEvery = Duration.ZERO;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default ${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--tls-certificate",
      description =
          "PEM (the server's certificate, then those that vouch for it) or PKCS#12; with it HTTP"
              + " goes by TLS alone (default: plain HTTP)")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      description = "PEM of its key (default: it is in the file of the certificate)")
  private @Nullable Path tlsKey;

  @Option(
      names = "--tls-password-file",
      description = "file that holds the password of the key, or of the PKCS#12 file")
  private @Nullable Path tlsPasswordFile;

  @Option(
      names = "--http-redirect-port",
      description = "port of plain HTTP that sends everybody to TLS (default: none)")
  private @Nullable Integer redirectPort;

  @Option(
      names = "--strict-transport",
      defaultValue = "365d",
      converter = TimeSpan.class,
      description =
          "for how long browsers shall insist on TLS once they came by it; 0s = not at all"
              + " (default ${DEFAULT-VALUE})")
  private Duration strictTransport = Duration.ZERO;

  @Option(
      names = "--cache-bytes",
      defaultValue = "128M",
      converter = ByteSize.class,
      description = "memory for segments; 0 = no cache (default ${DEFAULT-VALUE})")
  private long cacheBytes;

  @Option(
      names = "--answer-cache-bytes",
      defaultValue = "16M",
      converter = ByteSize.class,
      description = "memory for lists and videos as JSON; 0 = none (default ${DEFAULT-VALUE})")
  private long answerCacheBytes;

  @Option(
      names = "--max-upload-bytes",
      defaultValue = "20G",
      converter = ByteSize.class,
      description = "the largest file that is taken (default ${DEFAULT-VALUE})")
  private long maxUploadBytes;

  @Option(
      names = "--upload-memory",
      defaultValue = "512M",
      converter = ByteSize.class,
      description = "memory for uploads under way (default ${DEFAULT-VALUE})")
  private long uploadMemory;

  @Option(
      names = "--quota-bytes",
      defaultValue = "100G",
      converter = Bound.class,
      description =
          "how much a user's uploads may take, or none = no bound (default ${DEFAULT-VALUE})")
  private OptionalLong quotaBytes = OptionalLong.empty();

  @Option(
      names = "--quota-videos",
      defaultValue = "10000",
      converter = Bound.class,
      description = "how many videos a user may have, or none (default ${DEFAULT-VALUE})")
  private OptionalLong quotaVideos = OptionalLong.empty();

  @Option(
      names = "--quota-uploads",
      defaultValue = "100",
      converter = Bound.class,
      description =
          "how many uploads of a user may be under way at once, or none (default ${DEFAULT-VALUE})")
  private OptionalLong quotaUploads = OptionalLong.empty();

  @Option(
      names = "--job-retries",
      defaultValue = "60",
      description = "how often in a row work on a video is tried again (default ${DEFAULT-VALUE})")
  private int jobRetries;

  @Option(
      names = "--revision-grace",
      defaultValue = "12h",
      converter = TimeSpan.class,
      description =
          "how long what was encoded again is kept as it was, for those who play it"
              + " (default ${DEFAULT-VALUE})")
  private Duration revisionGrace = Duration.ZERO;

  @Option(
      names = "--deleted-retention",
      defaultValue = "30d",
      converter = TimeSpan.class,
      description =
          "how long a deleted video can be restored; 0s = not at all (default ${DEFAULT-VALUE})")
  private Duration deletedRetention = Duration.ZERO;

  @Option(
      names = "--cleanup-at",
      defaultValue = "02:00",
      description =
          "when videos that expired, or were deleted for longer than that, go each day, in this"
              + " computer's time zone (default ${DEFAULT-VALUE})")
  private LocalTime cleanupAt = LocalTime.MIN;

  @Option(names = "--ffmpeg", description = "the ffmpeg to use (default: the one on the PATH)")
  private @Nullable Path ffmpeg;

  @Option(names = "--ffprobe", description = "the ffprobe to use (default: the one on the PATH)")
  private @Nullable Path ffprobe;

  @Option(
      names = "--sandbox",
      defaultValue = "auto",
      description =
          "whether ffmpeg and ffprobe run in a sandbox: auto = in what the system offers of one;"
              + " required = in a whole one, or there is no start; off (default"
              + " ${DEFAULT-VALUE})")
  private Sandboxing sandboxing = Sandboxing.AUTO;

  @Option(
      names = "--remux",
      arity = "1",
      defaultValue = "true",
      description =
          "whether pictures that can be played as they are stand for the largest size; false ="
              + " everything is encoded (default ${DEFAULT-VALUE})")
  private boolean remux;

  @Option(
      names = "--profiles",
      description =
          "JSON file of ways to encode beside standard, small and archive, or in their place"
              + " (default: those three)")
  private @Nullable Path profiles;

  @Option(
      names = "--cors-origins",
      split = ",",
      description =
          "sites whose pages may do here what their users may, such as https://app.example.com;"
              + " * = all, but without the cookie of the session (default: none, which may read"
              + " what is public)")
  private List<String> corsOrigins = List.of();

  @Option(
      names = "--trusted-proxies",
      split = ",",
      description =
          "addresses or networks (10.0.0.0/8) of the proxies before this server, whose"
              + " X-Forwarded-For and X-Forwarded-Proto are believed (default: none)")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--rate-limit",
      defaultValue = "3000",
      description =
          "requests a minute of one account, or of one address without an account; 0 = any"
              + " number (default ${DEFAULT-VALUE})")
  private int rateLimit;

  @Option(
      names = "--registration-limit",
      defaultValue = "20",
      description =
          "registrations an hour from one address; 0 = any number (default ${DEFAULT-VALUE})")
  private int registrationLimit;

  @Option(
      names = "--registration",
      defaultValue = "uploader",
      description =
          "what somebody is who registers: uploader or viewer; off = only administrators make"
              + " accounts (default ${DEFAULT-VALUE})")
  private Registration registration = Registration.UPLOADER;

  @Option(
      names = "--port-file",
      description = "file that gets the HTTP and the admin port, a line each, once they are bound")
  private @Nullable Path portFile;

  @Option(names = "--config", description = "file of keys such as cache-bytes = 64M")
  private @Nullable Path config;

  /// Starts a web server and waits until it is told to stop.
  public static void main(String[] arguments) {
    Logs.choose();
    Carriers.choose();
    System.exit(run(System.getenv(), arguments));
  }

  static int run(Map<String, String> environment, String... arguments) {
    CommandLine command =
        new CommandLine(new WebServer()).setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (failure, _, _) -> complain(command.getErr(), reason(failure), FAILED));
    try {
      command.setDefaultValueProvider(
          Layers.read(environment, configFile(environment, arguments), keys(command)));
    } catch (IOException failure) {
      return complain(command.getErr(), reason(failure), USAGE);
    }
    return command.execute(arguments);
  }

  private static Set<String> keys(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .map(name -> name.substring("--".length()))
        .filter(key -> !Set.of("config", "help", "version").contains(key))
        .collect(Collectors.toSet());
  }

  /// The file has to be known before the flags can be read with what it says.
  private static @Nullable Path configFile(Map<String, String> environment, String[] arguments) {
    String file = environment.get(Layers.variable("config"));
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        file = arguments[i].substring("--config=".length());
      } else if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        file = arguments[i + 1];
      }
    }
    return file == null ? null : Path.of(file);
  }

  @Override
  public Integer call() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (RunningWeb web = RunningWeb.start(settings())) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    web.close();
                    stopped.countDown();
                  },
                  "stop"));
      stopped.await();
    }
    return 0;
  }

  private WebConfig settings() {
    try {
      return config();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private WebConfig config() {
    return new WebConfig(
        new WebConfig.Listen(host, port, adminPort, tls()),
        data.toAbsolutePath().normalize(),
        nodes,
        roles,
        new WebConfig.Catalog(
            Optional.ofNullable(database),
            Optional.ofNullable(databaseUser),
            Optional.ofNullable(databasePasswordFile),
            backupEvery),
        new WebConfig.Limits(
            cacheBytes,
            answerCacheBytes,
            maxUploadBytes,
            uploadMemory,
            new Quota(quotaBytes, quotaVideos, quotaUploads)),
        new WebConfig.Jobs(jobRetries, revisionGrace),
        new WebConfig.Cleanup(deletedRetention, cleanupAt),
        new WebConfig.Tools(
            Optional.ofNullable(ffmpeg),
            Optional.ofNullable(ffprobe),
            sandboxing,
            remux,
            Optional.ofNullable(profiles)),
        new WebConfig.Visitors(
            Origins.of(corsOrigins),
            TrustedProxies.of(trustedProxies),
            new RateLimitRoutes.Limits(rateLimit, registrationLimit)),
        registration,
        Optional.ofNullable(portFile));
  }

  private Optional<WebConfig.Tls> tls() {
    if (tlsCertificate == null) {
      if (tlsKey != null || tlsPasswordFile != null || redirectPort != null) {
        throw new IllegalArgumentException("TLS needs a certificate: --tls-certificate");
      }
      return Optional.empty();
    }
    return Optional.of(
        new WebConfig.Tls(
            new TlsFiles(
                tlsCertificate, Optional.ofNullable(tlsKey), Optional.ofNullable(tlsPasswordFile)),
            redirectPort == null ? OptionalInt.empty() : OptionalInt.of(redirectPort),
            strictTransport));
  }

  private static int complain(PrintWriter target, String reason, int exitCode) {
    target.println("web server: " + reason.lines().collect(Collectors.joining(" ")));
    target.flush();
    return exitCode;
  }

  private static String reason(Exception failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException file ->
          file.getFile() + ": " + Optional.ofNullable(file.getReason()).orElse("cannot be used");
      case StartException _, ClusterException _, IOException _ -> message(failure);
      default -> failure.getClass().getSimpleName() + ": " + message(failure);
    };
  }

  private static String message(Exception failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
  }
}

package dev.tritontube.web;

import dev.tritontube.web.WebConfig.Role;
import dev.tritontube.web.accounts.UserRemoval;
import dev.tritontube.web.admin.AdminKey;
import dev.tritontube.web.admin.AdminServer;
import dev.tritontube.web.admin.Door;
import dev.tritontube.web.auth.Accounts;
import dev.tritontube.web.backups.Backups;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.CachedBlobs;
import dev.tritontube.web.blobs.NodeChannels;
import dev.tritontube.web.blobs.NodeHealth;
import dev.tritontube.web.blobs.RingBlobs;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.cluster.LostCluster;
import dev.tritontube.web.events.EventFeed;
import dev.tritontube.web.events.EventRetention;
import dev.tritontube.web.frames.FrameSweeps;
import dev.tritontube.web.frames.FrameWorker;
import dev.tritontube.web.health.RestoringRoutes;
import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.http.TlsCertificate;
import dev.tritontube.web.idempotency.IdempotencyRoutes;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.limits.RateLimitRoutes;
import dev.tritontube.web.originals.Chunks;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.packaging.MediaTools;
import dev.tritontube.web.packaging.Packaging;
import dev.tritontube.web.packaging.PackagingWorker;
import dev.tritontube.web.packaging.Profiles;
import dev.tritontube.web.passwords.Cost;
import dev.tritontube.web.posters.Posters;
import dev.tritontube.web.resumable.ResumableUploads;
import dev.tritontube.web.steering.ClusterFeed;
import dev.tritontube.web.steering.Steering;
import dev.tritontube.web.tracks.TrackSearch;
import dev.tritontube.web.uploads.ChunkBuffers;
import dev.tritontube.web.uploads.FollowedUploads;
import dev.tritontube.web.uploads.UploadRecovery;
import dev.tritontube.web.uploads.Uploads;
import dev.tritontube.web.videos.Deletions;
import dev.tritontube.web.videos.KeptAnswers;
import dev.tritontube.web.workers.Worker;
import dev.tritontube.web.workers.Workers;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A web server with all its parts, put together and started in this order, stopped in the reverse
/// one.
final class RunningWeb implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningWeb.class);
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final Duration HEALTH_CHECKS = Duration.ofSeconds(1);

  /// Passwords at once, 19 MiB each.
  private static final int MAX_HASHINGS = 4;

  /// So soon a renewed one is taken.
  private static final Duration CERTIFICATE_LOOKS = Duration.ofSeconds(10);

  private static final Duration PURGES = Duration.ofSeconds(1);

  private final WebConfig config;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final String instance = HexFormat.of().toHexDigits(random.nextLong());
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /// What is to be closed, the latest first.
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private RunningWeb(WebConfig config) {
    this.config = config;
  }

  /// @throws StartException when something that it needs is not there, with the reason in one line
  static RunningWeb start(WebConfig config)
      throws IOException, StartException, ClusterException, InterruptedException {
    RunningWeb web = new RunningWeb(config);
    boolean running = false;
    try {
      web.start();
      running = true;
      return web;
    } finally {
      if (!running) {
        web.close();
      }
    }
  }

  private void start() throws IOException, StartException, ClusterException, InterruptedException {
    Files.createDirectories(
        config.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String key = KeyFile.readOrCreate(config.data().resolve("admin.key"));
    Profiles profiles = profiles();
    Database database = closing(database());

    NodeChannels channels = closing(new NodeChannels());
    awaitRestore(database, channels, key);
    Cluster cluster = closing(new Cluster(database.jdbi(), channels::control, clock, random));
    cluster.start(config.nodes());
    NodeHealth health = closing(new NodeHealth(channels, cluster.layouts(), meters, clock));
    health.start(HEALTH_CHECKS);
    Blobs blobs = new RingBlobs(cluster.layouts(), channels, health, meters, random);

    RingOriginals originals =
        new RingOriginals(blobs, new AssetStore(database), new PieceStore(database));
    Packaging packaging =
        new Packaging(
            database,
            blobs,
            originals,
            new Packaging.Settings(config.jobs().grace(), profiles),
            clock);
    Blobs segments = new CachedBlobs(packaging.readable(), config.limits().cacheBytes(), meters);
    Accounts accounts = accounts(database, key);
    KeptAnswers answers =
        new KeptAnswers(config.limits().answerBytes(), database.events()::last, meters);
    EventFeed feed = new EventFeed(database.events(), EventFeed.Limits.USUAL);
    Rest rest =
        Rest.on(
            new Rest.Ground(database, blobs, segments, packaging, packaging, feed, answers),
            new Deletions.Settings(
                config.cleanup().retention(), config.cleanup().at(), ZoneId.systemDefault()),
            accounts,
            new ChunkBuffers(
                Math.toIntExact(Math.max(2, config.limits().uploadMemoryBytes() / Chunks.BYTES))),
            new Uploads.Environment(instance, config.limits().uploadBytes(), random, clock));
    closing(Periodic.start("purger", PURGES, rest.purger()::purgeDue));
    closing(Periodic.start("posters", PURGES, rest.posters()::sweepDue));
    closing(Periodic.start("revision-sweeps", PURGES, packaging::sweepDue));
    closing(Periodic.start("upload-recovery", UploadRecovery.PERIOD, rest.recovery()::run));
    closing(Periodic.start("upload-progress", FollowedUploads.PERIOD, rest.follows()::report));
    closing(Periodic.start("resumable-uploads", ResumableUploads.PERIOD, rest.resumable()::run));
    closing(Periodic.start("idempotency", IdempotencyRoutes.PERIOD, rest.idempotency()::run));
    closing(Periodic.start("frame-sweeps", FrameSweeps.PERIOD, rest.frameSweeps()::run));
    closing(Periodic.start("event-retention", EventRetention.PERIOD, rest.retention()::run));
    closing(Periodic.start("cleanup", Deletions.PERIOD, rest.deletions()::cleanUpWhenDue));
    closing(Periodic.start("account-removal", UserRemoval.PERIOD, accounts.removal()::run));
    closing(Periodic.start("account-upkeep", Accounts.PERIOD, accounts::prune));
    Workers workers = new Workers(database, clock);
    if (config.roles().contains(Role.WORKER)) {
      PackagingWorker worker = startWorker(database, blobs, packaging, rest.posters());
      Worker here = Worker.here(instance, worker.sandbox());
      closing(() -> workers.leave(here));
      closing(Periodic.start("workers", Workers.PERIOD, () -> workers.beat(here)));
    }

    Jobs jobs = new Jobs(database, packaging.work());
    Steering steering = new Steering(cluster, health::snapshot, jobs::counts, workers::all, clock);
    ClusterFeed clusterFeed = new ClusterFeed(steering, ClusterFeed.Limits.USUAL);
    Backups backups =
        closing(
            new Backups(
                new Backups.Ground(database, blobs, cluster.layouts(), random, clock),
                config.catalog().backupEvery()));
    closing(Periodic.start("backups", Backups.PERIOD, backups::runDue));
    AdminServer admin =
        closing(admin(new Door(new AdminKey(key), accounts::done), steering, jobs, backups));
    Site site = new Site(database, cluster, jobs, steering, clusterFeed, backups, meters);
    HttpServer http = closing(http(routes(site, rest, accounts)));
    // Before the server drains, which it could not do while requests are held.
    closing(packaging);
    closing(feed);
    closing(clusterFeed);
    tellPorts(http.port(), admin.port());
    LOG.info(
        "listening on {}://{}:{}, admin on port {}",
        config.listen().tls().isPresent() ? "https" : "http",
        config.listen().host(),
        http.port(),
        admin.port());
  }

  /// In the order in which they are asked.
  private List<Routes> routes(Site site, Rest rest, Accounts accounts) {
    List<Routes> routes = new ArrayList<>();
    routes.add(
        new RateLimitRoutes(config.visitors().limits(), accounts.callers(), System::nanoTime));
    if (config.roles().contains(Role.WEB)) {
      accounts.open();
      routes.addAll(site.all(rest, accounts));
    } else {
      routes.addAll(site.health());
    }
    return routes;
  }

  private Profiles profiles() throws StartException {
    Optional<Path> file = config.tools().profiles();
    try {
      return file.isPresent() ? Profiles.read(file.get()) : Profiles.usual();
    } catch (NoSuchFileException e) {
      throw new StartException("there is no file " + e.getFile() + " (profiles)", e);
    } catch (IOException e) {
      throw new StartException("profiles: " + e.getMessage(), e);
    }
  }

  private Database database() throws IOException {
    WebConfig.Catalog catalog = config.catalog();
    return catalog.url().isPresent()
        ? Database.open(catalog.url().get(), catalog.user(), catalog.passwordFile())
        : Database.open(config.data().resolve("catalog.db"));
  }

  private Accounts accounts(Database database, String key) {
    VideoStore videos = new VideoStore(database);
    int hashings = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_HASHINGS);
    return new Accounts(
        new Accounts.Ground(
            database, video -> videos.delete(video, Chunks.BYTES, clock.instant()), random, clock),
        new Accounts.Settings(
            config.registration().role(), Cost.USUAL, hashings, config.limits().quota()),
        key);
  }

  private PackagingWorker startWorker(
      Database database, Blobs blobs, Packaging packaging, Posters posters)
      throws IOException, StartException, InterruptedException {
    MediaTools tools =
        MediaTools.find(config.tools().ffmpeg(), config.tools().ffprobe())
            .orElseThrow(
                () ->
                    new StartException(
                        "there is no ffmpeg (or ffprobe) on the PATH: install it (Debian, Ubuntu:"
                            + " apt-get install ffmpeg), name it with --ffmpeg and --ffprobe, or"
                            + " start with --roles web"));
    WorkFolder work = closing(WorkFolder.open(config.data().resolve("work"), instance));
    PackagingWorker worker =
        closing(
            packaging.worker(
                new PackagingWorker.Tools(
                    tools.with(config.tools().sandboxing()),
                    work.path(),
                    config.tools().remux(),
                    instance,
                    new RetryPolicy(config.jobs().retries(), random))));
    TaskWorkers tasks =
        closing(
            new TaskWorkers(
                database.dataSource(),
                Stream.concat(worker.tasks().stream(), Stream.of(posters.task(worker.posters())))
                    .toList(),
                new TaskWorkers.Setup(PackagingWorker.threads(), instance, packaging.added())));
    worker
        .sandbox()
        .protection()
        .parts()
        .forEach(
            (part, there) ->
                Gauge.builder("tritontube.worker.sandbox", () -> there ? 1 : 0)
                    .description("1 for a part of the sandbox around ffmpeg that is there")
                    .tag("part", part)
                    .register(meters));
    worker.start();
    tasks.start();
    FrameWorker frames =
        closing(
            new FrameWorker(
                new FrameWorker.Ground(database, blobs, random, clock),
                worker.stills()::take,
                new RetryPolicy(config.jobs().retries(), random)));
    closing(Periodic.start("frames", FrameWorker.PERIOD, frames::run));
    closing(
        Periodic.start(
            "track-search",
            TrackSearch.PERIOD,
            new TrackSearch(database, worker.tracks(), random, clock)::run));
    return worker;
  }

  /// On an empty catalog and the nodes of a cluster, waits until the catalog is restored.
  private void awaitRestore(Database database, NodeChannels channels, String key)
      throws StartException, InterruptedException {
    Optional<LostCluster> lost =
        LostCluster.find(database.jdbi(), config.nodes(), channels::control, clock);
    if (lost.isPresent()) {
      try (HttpServer _ = http(List.of(new RestoringRoutes()))) {
        new LostCatalog(database, channels, lost.get(), random, clock)
            .await(adminAddress(), new Door(new AdminKey(key), (_, _) -> {}));
      } catch (IOException e) {
        throw adminPortInUse(e);
      }
    }
  }

  private AdminServer admin(Door door, Steering steering, Jobs jobs, Backups backups)
      throws StartException {
    try {
      return AdminServer.start(adminAddress(), door, steering, jobs, backups);
    } catch (IOException e) {
      throw adminPortInUse(e);
    }
  }

  private InetSocketAddress adminAddress() {
    return new InetSocketAddress(config.listen().host(), config.listen().adminPort());
  }

  private StartException adminPortInUse(IOException e) {
    return new StartException(
        "admin port " + config.listen().adminPort() + " cannot be opened: it is in use", e);
  }

  private HttpServer http(List<Routes> routes) throws StartException {
    WebConfig.Listen listen = config.listen();
    HttpServer.Manners manners =
        HttpServer.Manners.USUAL
            .with(config.visitors().origins())
            .with(config.visitors().proxies())
            .withStrictTransport(
                listen.tls().map(WebConfig.Tls::strictTransport).orElse(Duration.ZERO));
    try {
      return HttpServer.start(
          new HttpServer.Settings(listen.host(), listen.port(), DRAIN, manners, tls()),
          routes,
          meters);
    } catch (JavalinBindException e) {
      throw new StartException(
          "port "
              + listen.port()
              + listen.tls().map(tls -> redirect(tls.redirectPort())).orElse("")
              + " of "
              + listen.host()
              + " cannot be opened: it is in use",
          e);
    }
  }

  private static String redirect(OptionalInt port) {
    return port.isPresent() ? " or " + port.getAsInt() : "";
  }

  private Optional<HttpServer.Tls> tls() throws StartException {
    if (config.listen().tls().isEmpty()) {
      return Optional.empty();
    }
    WebConfig.Tls tls = config.listen().tls().get();
    try {
      TlsCertificate certificate = TlsCertificate.open(tls.files());
      closing(Periodic.start("certificate", CERTIFICATE_LOOKS, certificate::renew));
      return Optional.of(new HttpServer.Tls(certificate, tls.redirectPort()));
    } catch (NoSuchFileException e) {
      throw new StartException("there is no file " + e.getFile() + " (TLS)", e);
    } catch (IOException e) {
      throw new StartException("TLS cannot be had: " + e.getMessage(), e);
    }
  }

  private void tellPorts(int http, int admin) throws IOException {
    if (config.portFile().isPresent()) {
      Files.writeString(config.portFile().get(), http + "\n" + admin + "\n");
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    started.push(part);
    return part;
  }

  /// Lets requests under way finish, then stops everything. May be called more than once.
  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", part, e);
      }
    }
    meters.close();
  }
}

package dev.tritontube.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.auth.Accounts;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.PurgeStore;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.contract.CheckedClient;
import dev.tritontube.web.events.EventFeed;
import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.originals.Chunks;
import dev.tritontube.web.passwords.Cost;
import dev.tritontube.web.uploads.ChunkBuffers;
import dev.tritontube.web.uploads.Uploads;
import dev.tritontube.web.videos.Deletions;
import dev.tritontube.web.videos.KeptAnswers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// The REST side of a web server, for tests: real HTTP, a real catalog, a ring in memory and
/// packaging that a test plays.
final class RestBed implements AutoCloseable {
  static final String KEY = "test-key";
  static final long MAX_UPLOAD = 40L << 20;
  static final int UPLOAD_BUFFERS = 4;

  static final int FOLLOWERS = 4;

  private static final EventFeed.Limits LIMITS =
      new EventFeed.Limits(FOLLOWERS, 100, Duration.ofMillis(100), Duration.ofMillis(200));

  final InMemoryBlobs blobs;
  final FakePackaging packaging = new FakePackaging();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Database database;
  final EventFeed feed;
  final Accounts accounts;
  private final HttpServer.Manners manners;
  private final Function<RestBed, List<Routes>> site;
  Rest rest;
  HttpServer server;
  final CheckedClient checked = new CheckedClient();
  final HttpClient client = checked.unchecked();

  RestBed(Path folder) throws IOException {
    this(folder, HttpServer.Manners.USUAL);
  }

  RestBed(Path folder, HttpServer.Manners manners) throws IOException {
    this(folder, manners, bed -> bed.rest.routes());
  }

  /// @param site what is answered
  RestBed(Path folder, HttpServer.Manners manners, Function<RestBed, List<Routes>> site)
      throws IOException {
    this(TestCatalog.open(folder), new InMemoryBlobs(), manners, site);
  }

  /// A web server on a catalog, which it closes, and a ring that there are.
  RestBed(Database database, InMemoryBlobs blobs) {
    this(database, blobs, HttpServer.Manners.USUAL, bed -> bed.rest.routes());
  }

  private RestBed(
      Database database,
      InMemoryBlobs blobs,
      HttpServer.Manners manners,
      Function<RestBed, List<Routes>> site) {
    this.database = database;
    this.blobs = blobs;
    this.site = site;
    feed = new EventFeed(database.events(), LIMITS);
    accounts = accounts(database, KEY);
    this.manners = manners;
    rest = rest(1);
    server = serve();
  }

  private Rest rest(long seed) {
    return Rest.on(
        new Rest.Ground(
            database,
            blobs,
            blobs,
            packaging,
            packaging,
            feed,
            new KeptAnswers(1 << 20, database.events()::last, meters)),
        new Deletions.Settings(Duration.ofDays(30), LocalTime.of(2, 0), ZoneOffset.UTC),
        accounts,
        new ChunkBuffers(UPLOAD_BUFFERS),
        new Uploads.Environment("test", MAX_UPLOAD, new Random(seed), InstantSource.system()));
  }

  private HttpServer serve() {
    return HttpServer.start(
        new HttpServer.Settings("127.0.0.1", 0, Duration.ofSeconds(2), manners),
        site.apply(this),
        meters);
  }

  /// Another web server on the same catalog and ring takes over.
  void restart() {
    server.close();
    rest = rest(11);
    server = serve();
  }

  /// Accounts whose passwords cost next to nothing.
  static Accounts accounts(Database database, String key) {
    InstantSource clock = InstantSource.system();
    VideoStore videos = new VideoStore(database);
    Accounts accounts =
        new Accounts(
            new Accounts.Ground(
                database,
                video -> videos.delete(video, Chunks.BYTES, clock.instant()),
                new SecureRandom(),
                clock),
            new Accounts.Settings(Optional.of(Role.UPLOADER), new Cost(8, 1), 2, Quota.NONE),
            key);
    accounts.open();
    return accounts;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + KEY);
  }

  /// Every exchange is held against the contract.
  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return checked.send(request.build());
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> upload(byte[] file, String query) throws Exception {
    return send(
        authorized("/api/v1/videos" + query)
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(file)));
  }

  /// Uploads a file and returns the video's document.
  JsonNode uploaded(byte[] file, String query) throws Exception {
    HttpResponse<byte[]> answer = upload(file, query);
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + new String(answer.body()));
    }
    return json(answer);
  }

  AssetId assetOf(JsonNode video) {
    return new VideoStore(database)
        .find(new VideoId(video.get("id").asText()))
        .map(Video::asset)
        .orElseThrow();
  }

  /// Sends bytes as they are and reads until the server closes.
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The whole answer to a request line of a client that does not care for what is allowed.
  String rawLine(String line, String... headers) throws IOException {
    return raw(
        line + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + String.join("", headers) + "\r\n");
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  static String code(HttpResponse<byte[]> answer) throws IOException {
    return json(answer).path("code").asText();
  }

  /// Bytes that begin like an MP4 file; what follows is random.
  static byte[] mp4(int size) {
    return mp4(size, 7);
  }

  static byte[] mp4(int size, long seed) {
    byte[] file = new byte[size];
    new Random(seed).nextBytes(file);
    byte[] start = {0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0};
    System.arraycopy(start, 0, file, 0, Math.min(size, start.length));
    return file;
  }

  /// Runs what runs in the background until nothing is under way or waits to be deleted.
  void settle() throws Exception {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    PurgeStore purges = new PurgeStore(database);
    Eventually.holds(
        "no upload and no purge is left",
        () -> {
          rest.purger().purgeDue();
          return uploads.count() + purges.count() == 0;
        });
  }

  /// The client goes first: the server waits a second for connections that are kept open.
  @Override
  public void close() {
    feed.close();
    checked.close();
    server.close();
    database.close();
  }
}

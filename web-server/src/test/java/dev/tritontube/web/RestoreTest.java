package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import dev.tritontube.web.backups.Backup;
import dev.tritontube.web.backups.BackupException;
import dev.tritontube.web.backups.BackupId;
import dev.tritontube.web.backups.Backups;
import dev.tritontube.web.backups.Restore;
import dev.tritontube.web.backups.RestoreReport;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.blobs.Layouts;
import dev.tritontube.web.blobs.RingBlobs.Listed;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.OwnPoster;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.catalog.PosterId;
import dev.tritontube.web.catalog.PosterStore;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.frames.StoredFrames;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.packaging.Packaging;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A catalog is copied into the ring, lost, and restored into an empty one. The lost one is always
/// on SQLite, the new one also on PostgreSQL.
@Tag("catalog")
@Timeout(120)
class RestoreTest {
  private static final String PASSWORD = "correct horse";

  private static final Layout LAYOUT =
      Solver.first(
          "cluster",
          4,
          3,
          IntStream.rangeClosed(1, 3)
              .mapToObj(
                  i ->
                      new LayoutNode(
                          new NodeId("%016x".formatted(i)), "h:" + i, "z", 1, NodeState.ACTIVE))
              .toList());

  private record Still(Layout current) implements Layouts {
    @Override
    public Layout refresh(long atLeastEpoch) throws IOException {
      throw new IOException("there is no epoch " + atLeastEpoch);
    }
  }

  /// A ring whose blobs are in memory.
  private record MemoryRing(InMemoryBlobs memory) implements Restore.Ring {
    @Override
    public Blobs blobs() {
      return memory;
    }

    @Override
    public int scan(String prefix, Consumer<Listed> sink) {
      memory.contents().forEach((key, bytes) -> tell(prefix, key, bytes.length, false, sink));
      memory.deletedKeys().forEach(key -> tell(prefix, key, 0, true, sink));
      return 0;
    }

    private static void tell(
        String prefix, String key, long length, boolean deleted, Consumer<Listed> sink) {
      if (key.startsWith(prefix)) {
        sink.accept(new Listed(new BlobKey(key), length, deleted, true));
      }
    }

    @Override
    public Layout enter(Handle transaction, Collection<NodeId> nodes) {
      transaction.execute(
          "insert into layouts (epoch, encoded, published_at) values (?, ?, 0)",
          1001,
          LAYOUT.settledBack(1001).encode());
      return LAYOUT.settledBack(1001);
    }
  }

  private record Encodings(Packaging packaging) implements Restore.Encodings {
    @Override
    public void beginAnew(Handle transaction, AssetId asset) {
      packaging.beginAnew(transaction, asset);
    }

    @Override
    public void goOn(Handle transaction) {
      packaging.planAll(transaction);
    }
  }

  @TempDir Path folder;
  private RestBed before;

  /// The same until the catalog is lost.
  private RestBed after;

  private Backups backups;
  private Database fresh;

  @BeforeEach
  void start() throws Exception {
    before = new RestBed(Database.open(folder.resolve("lost.db")), new InMemoryBlobs());
    after = before;
    backups = backups(before.database);
    fresh = TestCatalog.open(Files.createDirectory(folder.resolve("fresh")));
  }

  @AfterEach
  void stop() {
    backups.close();
    before.close();
    if (after == before) {
      fresh.close();
    } else {
      after.close();
    }
  }

  private Backups backups(Database database) {
    return new Backups(
        new Backups.Ground(
            database, before.blobs, new Still(LAYOUT), new SecureRandom(), InstantSource.system()),
        Duration.ZERO);
  }

  private Restore restore(Database target) {
    RingOriginals originals =
        new RingOriginals(before.blobs, new AssetStore(target), new PieceStore(target));
    Packaging packaging =
        new Packaging(
            target,
            before.blobs,
            originals,
            Packaging.Settings.usual(Duration.ZERO),
            InstantSource.system());
    return new Restore(
        target, new MemoryRing(before.blobs), new Encodings(packaging), InstantSource.system());
  }

  /// The catalog is lost, and another one takes its place.
  private RestoreReport lose() throws Exception {
    RestoreReport report = restore(fresh).run(Optional.empty());
    after = new RestBed(fresh, before.blobs);
    return report;
  }

  private static HttpResponse<byte[]> post(RestBed bed, String path, String bearer, String json)
      throws Exception {
    HttpRequest.Builder request = bed.request(path).POST(BodyPublishers.ofString(json));
    return bed.send(
        bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer));
  }

  private static JsonNode login(RestBed bed) throws Exception {
    String body = "{\"username\":\"ann\",\"password\":\"%s\"}".formatted(PASSWORD);
    return RestBed.json(post(bed, "/api/v1/auth/login", "", body));
  }

  private static HttpResponse<byte[]> patch(RestBed bed, String upload, int at, byte[] bytes)
      throws Exception {
    return bed.send(
        bed.authorized(upload)
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", at + "")
            .method("PATCH", BodyPublishers.ofByteArray(bytes)));
  }

  private static String created(RestBed bed, int length) throws Exception {
    return bed.send(
            bed.authorized("/api/v1/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", length + "")
                .POST(BodyPublishers.noBody()))
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static String self(JsonNode video) {
    return video.at("/links/self").asText();
  }

  private static byte[] original(RestBed bed, JsonNode video) throws Exception {
    return bed.send(bed.authorized(self(video) + "/original")).body();
  }

  @Test
  void bringsBackVideosAccountsKeysAndUploads() throws Exception {
    post(
        before,
        "/api/v1/auth/register",
        "",
        "{\"username\":\"ann\",\"password\":\"%s\"}".formatted(PASSWORD));
    String access = login(before).get("accessToken").asText();
    String key =
        RestBed.json(
                post(before, "/api/v1/auth/keys", access, "{\"name\":\"k\",\"scopes\":[\"read\"]}"))
            .get("key")
            .asText();
    byte[] file = RestBed.mp4(9 << 20);
    JsonNode holiday =
        before.uploaded(file, "?title=%C3%9Cber%20Holiday&tags=sea,2026&visibility=private");
    JsonNode hidden = before.uploaded(RestBed.mp4(500, 2), "?title=deleted");
    before.send(before.authorized(self(hidden)).DELETE());
    byte[] piecewise = RestBed.mp4(3000, 5);
    String upload = created(before, piecewise.length);
    patch(before, upload, 0, Arrays.copyOf(piecewise, 1000));

    Backup backup = backups.create();
    JsonNode late = before.uploaded(RestBed.mp4(700, 3), "?title=late");
    patch(before, upload, 1000, Arrays.copyOfRange(piecewise, 1000, 1500));
    RestoreReport report = lose();

    assertEquals(backup.id(), report.backup());
    assertEquals(backup.rows(), report.rows());
    assertEquals(backup.createdAt(), report.from());
    assertEquals(1, report.unknownBlobs(), "of the late video");
    assertEquals(0, report.deletedVideos());
    JsonNode restored = RestBed.json(after.send(after.authorized(self(holiday))));
    assertEquals(holiday.get("title"), restored.get("title"));
    assertEquals(holiday.get("tags"), restored.get("tags"));
    assertEquals(holiday.get("createdAt"), restored.get("createdAt"));
    assertArrayEquals(file, original(after, holiday));
    assertEquals(404, after.send(after.authorized(self(late))).statusCode());
    JsonNode found = RestBed.json(after.send(after.authorized("/api/v1/videos?q=holiday")));
    assertEquals(holiday.get("id"), found.at("/items/0/id"));
    assertEquals(200, post(after, self(hidden) + "/restore", RestBed.KEY, "").statusCode());

    assertEquals(
        401,
        after
            .send(after.request("/api/v1/auth/me").header("Authorization", "Bearer " + access))
            .statusCode());
    assertTrue(login(after).has("accessToken"));
    assertEquals(
        200,
        after
            .send(after.request("/api/v1/auth/me").header("Authorization", "Bearer " + key))
            .statusCode());

    // The upload goes on where the copy knows it was, with numbers that nobody used.
    assertEquals(409, patch(after, upload, 1500, new byte[1]).statusCode());
    HttpResponse<byte[]> rest =
        patch(after, upload, 1000, Arrays.copyOfRange(piecewise, 1000, piecewise.length));
    assertEquals(204, rest.statusCode(), () -> new String(rest.body(), UTF_8));
    JsonNode done = RestBed.json(after.send(after.authorized(upload)));
    JsonNode video = RestBed.json(after.get(done.at("/video/self").asText()));
    assertArrayEquals(piecewise, original(after, video));
  }

  @Test
  void whatWasDeletedForGoodSinceStaysSo() throws Exception {
    JsonNode kept = before.uploaded(RestBed.mp4(1000, 1), "?title=kept");
    JsonNode purged = before.uploaded(RestBed.mp4(1000, 2), "?title=purged");
    String upload = created(before, 3000);
    patch(before, upload, 0, RestBed.mp4(1000, 5));
    backups.create();
    before.send(before.authorized(self(purged) + "?purge=true").DELETE());
    before.send(before.authorized(upload).header("Tus-Resumable", "1.0.0").DELETE());
    before.settle();

    RestoreReport report = lose();

    assertEquals(1, report.deletedVideos());
    assertEquals(1, report.endedUploads());
    assertEquals(200, after.get(self(kept)).statusCode());
    assertEquals(404, after.get(self(purged)).statusCode());
    assertEquals(1, RestBed.json(after.get("/api/v1/videos")).get("items").size());
    after.settle();
    assertEquals(
        List.of("a/" + after.assetOf(kept) + "/original/0"),
        after.blobs.keys().stream().filter(key -> key.startsWith("a/")).toList());
  }

  @Test
  void framesAreAsTheyWereOrGoWithAllThatWasWrittenOfThem() throws Exception {
    JsonNode video = before.uploaded(RestBed.mp4(1000, 1), "?title=frames");
    String kept = frames(video, true);
    String deleted = frames(video, true);
    String queued = frames(video, false);
    backups.create();
    before.send(before.authorized(deleted).DELETE());
    before.rest.frameSweeps().run();
    StoredFrames.makeAll(before.database, before.blobs);

    lose();

    assertEquals(200, after.send(after.authorized(kept + "/frames.zip")).statusCode());
    assertEquals(404, after.send(after.authorized(deleted)).statusCode());
    JsonNode waiting = RestBed.json(after.send(after.authorized(queued)));
    assertEquals("QUEUED", waiting.get("status").asText());
    after.send(after.authorized(queued).DELETE());
    after.send(after.authorized(kept).DELETE());
    after.rest.frameSweeps().run();
    assertTrue(after.blobs.keys().stream().noneMatch(key -> key.contains("/frames/")));
  }

  private String frames(JsonNode video, boolean taken) throws Exception {
    before.packaging.media.put(before.assetOf(video), StoredFrames.MEDIA);
    JsonNode frames =
        RestBed.json(post(before, self(video) + "/frames", RestBed.KEY, "{\"count\":3}"));
    if (taken) {
      StoredFrames.makeAll(before.database, before.blobs);
    }
    return self(frames);
  }

  @Test
  void whatPlayedAndWasReplacedSinceIsMadeAnew() throws Exception {
    JsonNode video = before.uploaded(RestBed.mp4(1000, 1), "");
    AssetId asset = before.assetOf(video);
    JsonNode other = before.uploaded(RestBed.mp4(1000, 2), "");
    AssetId untouched = before.assetOf(other);
    plays(asset);
    plays(untouched);
    before.blobs.put(
        new BlobKey("a/" + asset + "/rev/240p/0-bbbbbbbbbbbb"), ByteBuffer.wrap(new byte[9]));
    backups.create();
    before.blobs.delete(new BlobKey("a/" + asset + "/rev/240p/0-aaaaaaaaaaaa"));
    // Of an attempt that lost.
    before.blobs.delete(new BlobKey("a/" + untouched + "/rev/240p/0-bbbbbbbbbbbb"));

    RestoreReport report = lose();

    assertEquals(1, report.encodedAnew());
    assertEquals(0, report.deletedVideos());
    assertEquals("PENDING", status(asset));
    assertEquals("COMPLETED", status(untouched));
    assertEquals(
        List.of(asset.value()),
        fresh
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select task_instance from scheduled_tasks")
                        .mapTo(String.class)
                        .list()));
  }

  private void plays(AssetId asset) throws IOException {
    before.blobs.put(
        new BlobKey("a/" + asset + "/rev/240p/0-aaaaaaaaaaaa"), ByteBuffer.wrap(new byte[9]));
    before
        .database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  "insert into packaging (asset, status, stage, percent, revision, playable, profile, enqueued_at, updated_at)"
                      + " values (?, 'COMPLETED', 'done', 100, 'rev', true, 'standard', 0, 0)",
                  asset.value());
              tx.execute(
                  "insert into packaging_segments (asset, revision, representation, number, attempt, length)"
                      + " values (?, 'rev', '240p', 0, 'aaaaaaaaaaaa', 9)",
                  asset.value());
            });
  }

  private String status(AssetId asset) {
    return fresh
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select status from packaging where asset = :asset")
                    .bind("asset", asset.value())
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void ownPostersAreShownUnlessTheyWereDeletedSince() throws Exception {
    VideoId kept = withPoster(before.uploaded(RestBed.mp4(1000, 1), ""));
    VideoId replaced = withPoster(before.uploaded(RestBed.mp4(1000, 2), ""));
    backups.create();
    for (String key : before.blobs.keys()) {
      if (key.startsWith("v/" + replaced)) {
        before.blobs.delete(new BlobKey(key));
      }
    }
    before.blobs.put(
        OwnPoster.key(replaced, PosterId.random(new Random(9)), 1), ByteBuffer.wrap(new byte[7]));

    RestoreReport report = lose();

    assertEquals(1, report.unknownBlobs());
    assertEquals(200, after.get("/api/v1/videos/" + kept + "/poster.jpg").statusCode());
    assertEquals(404, after.get("/api/v1/videos/" + replaced + "/poster.jpg").statusCode());
  }

  private VideoId withPoster(JsonNode document) throws Exception {
    VideoId video = new VideoId(document.get("id").asText());
    PosterStore posters = new PosterStore(before.database);
    PosterId id = PosterId.random(new Random(video.hashCode()));
    posters.wish(id, video, 1, Instant.now(), _ -> {});
    before.blobs.put(OwnPoster.key(video, id, 1), ByteBuffer.wrap(new byte[5]));
    assertTrue(posters.show(posters.begin(id).orElseThrow(), 5, Instant.now()));
    return video;
  }

  @Test
  void aCopyOfARestoredCatalogIsAsGood() throws Exception {
    JsonNode video = before.uploaded(RestBed.mp4(1000, 1), "?title=twice");
    backups.create();
    RestoreReport first = lose();
    Backup again;
    try (Backups second = backups(fresh)) {
      again = second.create();
      assertEquals(2, second.list().size(), "what the ring has of older copies is known again");
    }
    assertTrue(again.rows() >= first.rows());
    Database third = TestCatalog.open(Files.createDirectory(folder.resolve("third")));
    restore(third).run(Optional.of(again.id()));
    try (RestBed bed = new RestBed(third, before.blobs)) {
      assertEquals("twice", RestBed.json(bed.get(self(video))).get("title").asText());
    }
  }

  @Test
  void restoresIntoAnEmptyCatalogAloneAndAllOrNothing() throws Exception {
    Restore restore = restore(fresh);
    assertEquals("no_backup", code(restore, ""));
    Backup backup = backups.create();
    assertEquals("unknown_backup", code(restore, "20260101T000000Z-00000000"));
    assertEquals("catalog_not_empty", code(restore(withAVideo()), backup.id().value()));

    byte[] chunk = before.blobs.contents().getOrDefault("c/" + backup.id() + "/0", new byte[0]);
    chunk[chunk.length / 2] ^= 1;
    assertThrows(IOException.class, () -> restore.run(Optional.of(backup.id())));
    chunk[chunk.length / 2] ^= 1;
    assertEquals(backup.rows(), restore.run(Optional.of(backup.id())).rows());
    assertEquals("catalog_not_empty", code(restore, backup.id().value()));
  }

  private Database withAVideo() throws Exception {
    before.uploaded(RestBed.mp4(1000, 1), "");
    return before.database;
  }

  private static String code(Restore restore, String backup) {
    return assertThrows(
            BackupException.class,
            () -> restore.run(Optional.of(backup).filter(id -> !id.isEmpty()).map(BackupId::new)))
        .code();
  }
}

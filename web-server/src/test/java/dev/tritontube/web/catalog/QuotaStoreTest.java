package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.catalog.OverQuotaException.Bound;
import dev.tritontube.web.catalog.UploadStore.Begun;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class QuotaStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long CHUNK = 10;

  @TempDir static Path folder;

  private static final Random RANDOM = new Random(4);
  private static Database database;
  private static QuotaStore quotas;
  private static UploadStore uploads;
  private static VideoStore videos;

  @BeforeAll
  static void open() throws Exception {
    database = TestCatalog.open(folder);
    quotas = new QuotaStore(database, quota(100, 5, 3));
    uploads = new UploadStore(database, quotas);
    videos = new VideoStore(database);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void everyBoundHolds() {
    Owner ann = user("ann", "uploader", Quota.NONE);
    AssetId first = begin(ann, Claim.video(60));
    OverQuotaException bytes =
        assertThrows(OverQuotaException.class, () -> begin(ann, Claim.video(41)));
    assertEquals(Bound.BYTES, bytes.bound());
    assertEquals(100, bytes.limit());
    assertEquals(40, bytes.left());
    begin(ann, Claim.video(40));
    begin(ann, Claim.part(0));
    assertEquals(Bound.UPLOADS, over(ann, Claim.video(0)));
    uploads.abandon(first, 1, NOW);
    begin(ann, Claim.video(60));
    assertEquals(Bound.BYTES, assertThrows(OverQuotaException.class, () -> more(ann)).bound());
    Owner bob = user("bob", "uploader", Quota.NONE);
    Video one = video(bob, 1);
    Video other = video(bob, 1);
    assertEquals(10, quotas.standing(bob).usage().bytes());
    assertEquals(2, quotas.standing(bob).usage().videos());
    videos.delete(one.id(), CHUNK, NOW);
    assertEquals(10, quotas.standing(bob).usage().bytes());
    videos.delete(other.id(), CHUNK, NOW);
    assertEquals(0, quotas.standing(bob).usage().bytes());
    for (int i = 0; i < 5; i++) {
      video(bob, 2);
    }
    assertEquals(Bound.VIDEOS, over(bob, Claim.video(1)));
    assertCounted();
  }

  private static void more(Owner owner) {
    uploads.hold(anyOf(owner), 1_000);
  }

  @Test
  void whatIsSaidOfOneUserHoldsForHimAndAdministratorsHaveNoBounds() {
    Owner small = user("small", "uploader", quota(10, 1, 1));
    assertEquals(Bound.BYTES, over(small, Claim.video(11)));
    Owner large =
        user(
            "large",
            "uploader",
            new Quota(OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.empty()));
    uploads.abandon(begin(large, Claim.video(1_000)), 1, NOW);
    Owner boss = user("boss", "admin", Quota.NONE);
    begin(boss, Claim.video(5_000));
    begin(Owner.ADMIN, Claim.video(5_000));
    assertEquals(Quota.NONE, quotas.standing(boss).quota());
    assertEquals(5_000, quotas.standing(boss).usage().heldBytes());
    assertEquals(quota(10, 1, 1), quotas.standing(small).quota());
    assertEquals(OptionalLong.of(5), quotas.standing(large).quota().videos());
  }

  @Test
  void uploadsThatBeginTogetherDoNotGoOverTogether() throws Exception {
    Owner crowd = user("crowd", "uploader", quota(70, 100, 100));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> begins =
          IntStream.range(0, 24).<Callable<Integer>>mapToObj(_ -> () -> tried(crowd)).toList();
      int begun = 0;
      for (var done : threads.invokeAll(begins)) {
        begun += done.get();
      }
      assertEquals(7, begun);
    }
    assertEquals(70, quotas.standing(crowd).usage().heldBytes());
    assertCounted();
  }

  private static int tried(Owner owner) {
    try {
      begin(owner, Claim.video(10));
      return 1;
    } catch (OverQuotaException _) {
      return 0;
    }
  }

  /// Whatever happens, in whatever order, the sums are those of what is there.
  @Test
  void theSumsAreThoseOfWhatIsThere() {
    List<Owner> owners =
        List.of(user("one", "uploader", quota(500, 9, 4)), user("two", "admin", Quota.NONE));
    List<Upload> open = new ArrayList<>();
    List<Video> made = new ArrayList<>();
    DeletionStore deletions = new DeletionStore(database);
    for (int i = 0; i < 300; i++) {
      Owner owner = owners.get(RANDOM.nextInt(2));
      switch (RANDOM.nextInt(7)) {
        case 0, 1 -> began(owner, open);
        case 2 -> some(open).ifPresent(QuotaStoreTest::held);
        case 3 ->
            taken(open)
                .ifPresent(upload -> finished(upload, RANDOM.nextInt(3)).ifPresent(made::add));
        case 4 -> taken(open).ifPresent(upload -> uploads.abandon(upload.asset, 1, NOW));
        case 5 -> some(made).ifPresent(video -> deletions.delete(video.id(), NOW));
        default -> taken(made).ifPresent(video -> videos.delete(video.id(), CHUNK, NOW));
      }
    }
    assertCounted();
    uploads.abandonSilent(NOW.plusSeconds(1), NOW);
    assertCounted();
    assertEquals(0, quotas.standing(owners.get(0)).usage().heldBytes());
  }

  private record Upload(AssetId asset, Owner owner) {}

  private static void began(Owner owner, List<Upload> open) {
    try {
      open.add(new Upload(begin(owner, Claim.video(RANDOM.nextInt(80))), owner));
    } catch (OverQuotaException _) {
      // Such is life.
    }
  }

  private static void held(Upload upload) {
    try {
      uploads.hold(upload.asset, RANDOM.nextInt(200));
    } catch (OverQuotaException _) {
      // As above: nothing is counted then.
    }
  }

  private static Optional<Video> finished(Upload upload, int content) {
    Asset asset = asset(upload.asset, upload.owner, content, 1 + content * 30);
    try {
      return uploads.finish(new UploadStore.Finished(asset, of(asset), 1, null), (_, _) -> {}, NOW);
    } catch (OverQuotaException _) {
      return Optional.empty();
    }
  }

  private static <T> Optional<T> some(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(RANDOM.nextInt(all.size())));
  }

  private static <T> Optional<T> taken(List<T> all) {
    var one = some(all);
    one.ifPresent(all::remove);
    return one;
  }

  private static void assertCounted() {
    String counted =
        """
        select owner, sum(bytes), sum(videos), sum(uploads), sum(held_bytes), sum(held_videos)
        from (
          select owner, size_bytes as bytes, 0 as videos, 0 as uploads, 0 as held_bytes, 0 as held_videos
            from assets where state = 'LIVE'
          union all select owner, 0, 1, 0, 0, 0 from videos
          union all select owner, 0, 0, 1, held_bytes, held_videos from uploads
          union all select owner, 0, 0, 0, 0, 0 from owner_usage
        ) c group by owner order by owner\
        """;
    assertEquals(rows(counted), rows("select * from owner_usage order by owner"));
  }

  private static List<String> rows(String sql) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .map(
                        (row, _) ->
                            row.getString(1)
                                + IntStream.rangeClosed(2, 6)
                                    .mapToObj(column -> " " + number(row, column))
                                    .reduce("", String::concat))
                    .list());
  }

  private static long number(ResultSet row, int column) {
    try {
      return row.getLong(column);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(String name) {
    return (name + "a".repeat(20)).substring(0, 20);
  }

  private static Owner user(String name, String role, Quota quota) {
    database
        .jdbi()
        .useTransaction(
            tx ->
                tx.createUpdate(
                        """
                        insert into users (id, username, role, state, created_at, updated_at,
                          quota_bytes, quota_videos, quota_uploads)
                        values (:id, :name, :role, 'ACTIVE', 0, 0, :bytes, :videos, :uploads)\
                        """)
                    .bind("id", id(name))
                    .bind("name", name)
                    .bind("role", role)
                    .bind("bytes", boxed(quota.bytes()))
                    .bind("videos", boxed(quota.videos()))
                    .bind("uploads", boxed(quota.uploads()))
                    .execute());
    return new Owner(id(name));
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static Quota quota(long bytes, long videos, long uploads) {
    return new Quota(OptionalLong.of(bytes), OptionalLong.of(videos), OptionalLong.of(uploads));
  }

  private static AssetId begin(Owner owner, Claim claim) {
    AssetId asset = AssetId.random(RANDOM);
    uploads.begin(new Begun(asset, owner, claim), "here", 1, NOW);
    return asset;
  }

  private static AssetId anyOf(Owner owner) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select asset_id from uploads where owner = :owner limit 1")
                    .bind("owner", owner.value())
                    .mapTo(String.class)
                    .map(AssetId::new)
                    .first());
  }

  private static Bound over(Owner owner, Claim claim) {
    return assertThrows(OverQuotaException.class, () -> begin(owner, claim)).bound();
  }

  private static Video video(Owner owner, int content) {
    Asset asset = asset(begin(owner, Claim.video(10)), owner, content, 10);
    return uploads
        .finish(new UploadStore.Finished(asset, of(asset), 1, null), (_, _) -> {}, NOW)
        .orElseThrow();
  }

  private static Asset asset(AssetId id, Owner owner, int content, long bytes) {
    return new Asset(
        id,
        owner,
        new Sha256(Integer.toHexString(content).repeat(64)),
        "1",
        bytes,
        "mp4",
        OptionalLong.empty(),
        NOW);
  }

  private static Video of(Asset asset) {
    VideoDetails details = new VideoDetails("t", "", List.of(), Visibility.PUBLIC);
    return new Video(VideoId.random(RANDOM), asset.owner(), asset.id(), details, "a.mp4", NOW, NOW);
  }
}

package dev.tritontube.web.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadStore.Finished;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRemovalTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final Random random = new Random(1);
  private final UserId id = UserId.random(random);
  private Database database;
  private UserStore users;
  private VideoStore videos;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    users = new UserStore(database);
    videos = new VideoStore(database);
    users.add(
        new User(id, new Username("ann"), Role.UPLOADER, User.State.ACTIVE, NOW, NOW), "hash");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void goesOnWithWhatAnotherProcessBegan() {
    VideoId his = upload(id.owner());
    VideoId other = upload(Owner.ADMIN);
    assertTrue(users.beginDelete(id, NOW));
    assertTrue(videos.find(his).isPresent());

    removal().run();

    assertEquals(Optional.empty(), videos.find(his));
    assertTrue(videos.find(other).isPresent());
    assertEquals(Optional.empty(), users.find(id));
  }

  @Test
  void deletesManyInSeveralTurns() {
    List<VideoId> many =
        java.util.stream.IntStream.range(0, 150).mapToObj(_ -> upload(id.owner())).toList();
    UserRemoval removal = removal();
    assertTrue(removal.delete(id));
    assertEquals(User.State.DELETING, users.find(id).orElseThrow().state());
    removal.run();
    assertTrue(many.stream().allMatch(video -> videos.find(video).isEmpty()));
    assertEquals(Optional.empty(), users.find(id));
    assertFalse(removal.delete(id));
  }

  private UserRemoval removal() {
    return new UserRemoval(
        users, video -> videos.delete(video, 1000, NOW), InstantSource.fixed(NOW));
  }

  private VideoId upload(Owner owner) {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    AssetId asset = AssetId.random(random);
    uploads.begin(new UploadStore.Begun(asset, Owner.ADMIN, Claim.video(0)), "here", 4, NOW);
    VideoDetails details = new VideoDetails("title", "", List.of(), Visibility.PUBLIC);
    Video video = new Video(VideoId.random(random), owner, asset, details, "clip.mp4", NOW, NOW);
    Asset bytes = new Asset(asset, owner, new Sha256("ab".repeat(32)), "1", 9, "mp4", NOW);
    return uploads
        .finish(new Finished(bytes, video, 1, null), (_, _) -> {}, NOW)
        .map(Video::id)
        .orElseThrow();
  }
}

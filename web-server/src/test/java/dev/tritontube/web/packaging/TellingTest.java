package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.Event.VideoState;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people are told while a video is made.
class TellingTest {
  @TempDir Path folder;

  /// By how many seconds the clock is ahead.
  private final AtomicLong ahead = new AtomicLong();

  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = fixture(true);
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void isToldFromTheFirstLookToTheEnd() throws Exception {
    AssetId asset = upload(clips.usual("a.mp4", "640x360", "30", "20"));

    fixture.work(asset);

    List<EventType> types =
        fixture.database.events().after(0, 1000).stream().map(Event::type).toList();
    assertEquals(EventType.PROGRESS, types.getFirst());
    assertEquals(1, types.stream().filter(type -> type == EventType.PLAYABLE).count());
    assertEquals(EventType.COMPLETED, types.getLast());
    int percent = 0;
    for (VideoState state : told()) {
      assertTrue(state.percent() >= percent, told().toString());
      percent = state.percent();
    }
    assertEquals(100, percent);
    assertTrue(encoding().size() > 1, told().toString());
    encoding().forEach(state -> assertNotNull(state.etaSeconds(), told().toString()));
    assertNull(told().getLast().reason());
  }

  @Test
  void saysWhenTheRingIsAwayUntilItIsBack() throws Exception {
    AssetId asset = upload(clips.usual("a.mp4", "320x240", "25", "4"));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    fixture.plan(asset);
    Eventually.holds("it says so", () -> "storage_unavailable".equals(reason(asset)));

    fixture.blobs.failWith(null);
    Eventually.holds(
        "it goes on",
        () -> {
          ahead.incrementAndGet();
          return fixture.packaging.media(asset).status() == Status.COMPLETED;
        });
    assertNull(fixture.packaging.media(asset).progress().reason());
  }

  @Test
  void saysWhenAPartIsFilled() throws Exception {
    fixture.close();
    fixture = fixture(false);
    byte[] whole = clips.usual("a.mkv", "320x240", "25", "120");
    AssetId asset = upload(whole);
    fixture.plan(asset);
    fixture.originals.put(asset, Arrays.copyOf(whole, whole.length / 4));

    fixture.worker.start();
    fixture.awaitEnd(asset);

    assertTrue(
        told().stream()
            .map(VideoState::reason)
            .filter(Objects::nonNull)
            .anyMatch(reason -> reason.code().equals("part_filled")),
        told().toString());
  }

  @Test
  void saysWhenNobodyHasTime() throws Exception {
    AssetId asset = upload(clips.usual("a.mp4", "320x240", "25", "2"));
    ahead.set(10);
    Eventually.holds("it says so", () -> "workers_busy".equals(reason(asset)));
    assertEquals("workers_busy", Objects.requireNonNull(told().getLast().reason()).code());

    fixture.plan(asset);

    assertNull(reason(asset));
  }

  private PackagingFixture fixture(boolean working) throws Exception {
    return new PackagingFixture(
        folder, working, false, () -> Instant.now().plusSeconds(ahead.get()));
  }

  /// With a video, so that there are events.
  private AssetId upload(byte[] bytes) {
    AssetId asset = fixture.upload(bytes);
    fixture
        .database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  """
                  insert into assets
                    (id, owner, state, sha256, profile, size_bytes, container, created_at)
                  values (?, 'admin', 'LIVE', ?, '1', 1, 'mp4', 0)
                  """,
                  asset.value(),
                  "a".repeat(64));
              tx.execute(
                  """
                  insert into videos (id, owner, asset_id, title, description, visibility,
                    file_name, created_at, updated_at)
                  values (?, 'admin', ?, 'title', '', 'public', 'a.mp4', 0, 0)
                  """,
                  "v".repeat(20),
                  asset.value());
            });
    return asset;
  }

  private @Nullable String reason(AssetId asset) {
    AssetMedia.Reason reason = fixture.packaging.media(asset).progress().reason();
    return reason == null ? null : reason.code();
  }

  private List<VideoState> told() {
    return fixture.database.events().after(0, 1000).stream()
        .map(event -> (VideoState) Objects.requireNonNull(event.state()))
        .toList();
  }

  private List<VideoState> encoding() {
    return told().stream().filter(state -> state.stage().equals("encoding")).toList();
  }
}

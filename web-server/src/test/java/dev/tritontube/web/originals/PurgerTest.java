package dev.tritontube.web.originals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.PurgeStore;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.packaging.PackagingQueue;
import dev.tritontube.web.packaging.Profiles;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class PurgerTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));

  @TempDir Path folder;
  private final InMemoryBlobs ring = new InMemoryBlobs();
  private Database database;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    uploads.begin(new UploadStore.Begun(ASSET, Owner.ADMIN, Claim.video(0)), "instance", 2, now);
    ring.put(Chunks.key(ASSET, 0), ByteBuffer.allocate(1));
    ring.put(Chunks.key(ASSET, 1), ByteBuffer.allocate(1));
    uploads.abandon(ASSET, 2, now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Purger purger(Consumer<AssetId> removing) {
    return new Purger(new PurgeStore(database), ring, new RemovingQueue(removing), () -> now);
  }

  @Test
  void finishesWithinThirtySecondsWhatAProcessThatEndedHadBegun() {
    Purger dying =
        purger(
            _ -> {
              throw new IllegalStateException("this process ends here");
            });
    assertThrows(IllegalStateException.class, dying::purgeDue);
    assertEquals(2, ring.keys().size());

    now = now.plus(Duration.ofSeconds(30));
    purger(_ -> {}).purgeDue();

    assertEquals(Set.of(), ring.keys());
    assertEquals(0, new PurgeStore(database).count());
  }

  private record RemovingQueue(Consumer<AssetId> removing) implements PackagingQueue {
    @Override
    public Profiles profiles() {
      return Profiles.usual();
    }

    @Override
    public void enqueue(Handle tx, AssetId asset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(AssetId asset) {
      removing.accept(asset);
    }
  }
}

package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class DemandStoreTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final String REVISION = "r";

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Database database;
  private DemandStore demands;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    demands = new DemandStore(database.jdbi(), () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void demand(String representation, int rank) {
    Demand demand = new Demand(ASSET, REVISION, representation, 0, rank, now);
    database.jdbi().useTransaction(handle -> DemandStore.add(handle, demand));
  }

  private List<String> order() {
    return demands.first().stream().map(Demand::representation).toList();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void beginningsComeBeforeWhatIsAskedForAndThatBeforeTheRest() {
    demand("later", DemandStore.SOON);
    demand("asked", DemandStore.ASKED);
    pass(Duration.ofSeconds(2));
    demand("beginning", DemandStore.START);
    demand("asked-beginning", DemandStore.START_ASKED);

    assertEquals(List.of("asked-beginning", "beginning", "asked", "later"), order());
  }

  @Test
  void manyBeginningsDoNotKeepAPlayerWaiting() {
    demand("first", DemandStore.START);
    pass(Duration.ofSeconds(1));
    demand("asked", DemandStore.ASKED);
    pass(Duration.ofSeconds(4));
    demand("next", DemandStore.START);

    assertEquals(List.of("first", "asked", "next"), order());
  }

  @Test
  void whatOnlyAPlayerWouldAskForWaitsUntilOneComes() {
    demand("expected", DemandStore.IF_WATCHED);
    demand("poster", DemandStore.SOON);
    pass(Duration.ofSeconds(1));

    assertEquals(List.of("poster"), order());
    assertTrue(demands.watched(ASSET));
    assertEquals(List.of("poster", "expected"), order());
    assertFalse(demands.watched(ASSET));
  }

  @Test
  void aPlayerThatAsksForWhatWasExpectedWaitsSinceThenOnly() {
    demand("expected", DemandStore.IF_WATCHED);
    pass(Duration.ofSeconds(9));
    demand("asked", DemandStore.ASKED);
    pass(Duration.ofSeconds(1));
    demand("expected", DemandStore.ASKED);

    assertEquals(List.of("asked", "expected"), order());
  }
}

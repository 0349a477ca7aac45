package dev.tritontube.web.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.auth.AuditStore.Entry;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void forgetsWhatIsOld() throws Exception {
    try (Database database = TestCatalog.open(folder)) {
      AuditStore audit = new AuditStore(database);
      audit.add(entry("old", NOW.minus(Duration.ofDays(401))));
      audit.add(entry("new", NOW.minus(Duration.ofDays(399))));
      audit.prune(NOW);
      assertEquals(
          List.of("new"), audit.list(Optional.empty(), 10).stream().map(Entry::id).toList());
    }
  }

  private static Entry entry(String id, Instant at) {
    return new Entry(id, at, "actor", "name", "action", "target", "request");
  }
}

package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void opensAnExistingCatalogAgain() throws Exception {
    Path file = folder.resolve("catalog.db");
    Database.open(file).close();
    try (Database again = Database.open(file)) {
      assertEquals(0, count(again, "SELECT COUNT(*) FROM videos"));
    }
  }

  @Test
  void syncsEveryCommitAndWritesAheadLog() throws Exception {
    try (Database database = Database.open(folder.resolve("catalog.db"))) {
      assertEquals(2, count(database, "PRAGMA synchronous"));
      assertEquals(1, count(database, "PRAGMA foreign_keys"));
      assertEquals(
          "wal",
          database
              .jdbi()
              .withHandle(h -> h.createQuery("PRAGMA journal_mode").mapTo(String.class).one()));
    }
  }

  @Test
  void concurrentReadThenWriteTransactionsLoseNothing() throws Exception {
    try (Database database = Database.open(folder.resolve("catalog.db"));
        Database other = Database.open(folder.resolve("catalog.db"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      database.jdbi().useHandle(h -> h.execute("CREATE TABLE counter (n INTEGER)"));
      database.jdbi().useHandle(h -> h.execute("INSERT INTO counter VALUES (0)"));
      List<Callable<Void>> increments =
          IntStream.range(0, 64).mapToObj(i -> increment(i % 4 == 0 ? other : database)).toList();
      for (var done : threads.invokeAll(increments)) {
        done.get();
      }
      assertEquals(64, count(database, "SELECT n FROM counter"));
    }
  }

  @Test
  void aFailedTransactionLetsTheNextOneBegin() throws Exception {
    try (Database database = Database.open(folder.resolve("catalog.db"))) {
      assertThrows(
          IllegalStateException.class,
          () ->
              database
                  .jdbi()
                  .useTransaction(
                      h -> {
                        throw new IllegalStateException("on purpose");
                      }));
      int one =
          database.jdbi().inTransaction(h -> h.createQuery("SELECT 1").mapTo(Integer.class).one());
      assertEquals(1, one);
    }
  }

  private static Callable<Void> increment(Database database) {
    return () -> {
      database
          .jdbi()
          .useTransaction(
              h -> {
                int n = h.createQuery("SELECT n FROM counter").mapTo(Integer.class).one();
                h.execute("UPDATE counter SET n = ?", n + 1);
              });
      return null;
    };
  }

  private static int count(Database database, String sql) {
    return database.jdbi().withHandle(h -> h.createQuery(sql).mapTo(Integer.class).one());
  }
}

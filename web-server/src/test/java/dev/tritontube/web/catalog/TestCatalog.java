package dev.tritontube.web.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/// An empty catalog for a test: a SQLite file, or, with the system property
/// `tritontube.test.catalog=postgresql`, a database of its own on a PostgreSQL that lives as long
/// as the JVM.
public final class TestCatalog {
  private static final boolean POSTGRESQL =
      "postgresql".equals(System.getProperty("tritontube.test.catalog"));
  private static final String TEMPLATE = "migrated";

  /// Their names on PostgreSQL.
  private static final Map<Path, String> OF_FOLDERS = new ConcurrentHashMap<>();

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private TestCatalog() {}

  /// @param folder for its file; the same folder means the same catalog
  public static Database open(Path folder) throws IOException {
    return POSTGRESQL ? postgresql(folder) : sqlite(folder.resolve("catalog.db"));
  }

  private static Database sqlite(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, Migrated.BYTES);
    }
    return Database.open(file);
  }

  /// Copying what was migrated once is quicker than to migrate.
  private static final class Migrated {
    private static final byte[] BYTES = migrate();

    private static byte[] migrate() {
      try {
        Path folder = Files.createTempDirectory("tritontube-catalog-");
        Path file = folder.resolve("catalog.db");
        Database.open(file).close();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.deleteIfExists(folder.resolve("catalog.db.lock"));
        Files.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Database postgresql(Path folder) throws IOException {
    return Server.open(OF_FOLDERS.computeIfAbsent(folder, _ -> Server.create()));
  }

  /// Started when it is first needed; it stops with the JVM.
  private static final class Server {
    private static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "400").start();
        create(server, TEMPLATE);
        open(server, TEMPLATE).close();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Database open(String name) throws IOException {
      return open(RUNNING, name);
    }

    /// A copy, as on SQLite.
    static String create() {
      String name = "catalog" + NUMBERS.incrementAndGet();
      create(RUNNING, name + " TEMPLATE " + TEMPLATE);
      return name;
    }

    private static void create(EmbeddedPostgres server, String database) {
      Jdbi.create(server.getPostgresDatabase())
          .useHandle(handle -> handle.execute("CREATE DATABASE " + database));
    }

    private static Database open(EmbeddedPostgres server, String name) throws IOException {
      return Database.open(server.getJdbcUrl("postgres", name), Optional.empty(), Optional.empty());
    }
  }
}

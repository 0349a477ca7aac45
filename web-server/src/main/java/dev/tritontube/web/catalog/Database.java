package dev.tritontube.web.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.SQLiteConfig;

/// The catalog's database: a pool of connections, migrated to the newest schema. Thread-safe.
///
/// On SQLite (WAL, `synchronous=FULL`) a transaction starts as a writer (`BEGIN IMMEDIATE`), so it
/// never fails half-way because somebody else wrote meanwhile, and the transactions of this process
/// wait for each other in Java, in order. Read outside of transactions (`withHandle`): readers
/// never wait.
public final class Database implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /// Accounts, and what is private, are in the files.
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Of SQLite's own memory for each connection, instead of 2,000: the inner pages of the indexes
  /// of a million videos fit in.
  private static final int CACHE_KIB = 16_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final boolean sqlite;
  private final Jdbi snapshots;
  private final EventStore events;
  private final WordIndex words;

  private Database(HikariDataSource pool, boolean sqlite) {
    this.pool = pool;
    this.sqlite = sqlite;
    this.jdbi = Jdbi.create(pool);
    this.snapshots = sqlite ? Jdbi.create(pool.getJdbcUrl()) : jdbi;
    if (sqlite) {
      jdbi.setTransactionHandler(new OneWriter(LocalTransactionHandler.binding()));
      jdbi.setStatementBuilderFactory(new KeptStatements());
    }
    this.events = new EventStore(jdbi, forUpdate());
    this.words = sqlite ? new Fts5Words() : new TsvectorWords();
  }

  /// Opens, or creates, a SQLite file.
  ///
  /// @throws IOException when the file cannot be locked for the migration
  public static Database open(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(
                lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE);
        var _ = channel.lock()) {
      if (!Files.exists(file)) {
        Files.createFile(file, PRIVATE); // What SQLite makes beside it is as private.
      }
      return migrated(new Database(sqlitePool(file), true));
    }
  }

  /// Opens the catalog of a cluster that keeps it on PostgreSQL.
  ///
  /// @param url `postgresql://host:port/database`, or the same with `jdbc:` before it
  /// @param user none: what the URL or the driver says
  /// @param passwordFile a file that holds the password alone
  public static Database open(String url, Optional<String> user, Optional<Path> passwordFile)
      throws IOException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.startsWith("jdbc:") ? url : "jdbc:" + url);
    user.ifPresent(config::setUsername);
    if (passwordFile.isPresent()) {
      config.setPassword(Files.readString(passwordFile.get()).strip());
    }
    config.setMaximumPoolSize(16);
    return migrated(new Database(new HikariDataSource(named(config)), false));
  }

  private static HikariDataSource sqlitePool(Path file) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    sqlite.setCacheSize(-CACHE_KIB);
    sqlite.setBusyTimeout((int) WAIT.toMillis());
    sqlite.enforceForeignKeys(true);
    Properties properties = sqlite.toProperties();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(8);
    return new HikariDataSource(named(config));
  }

  private static HikariConfig named(HikariConfig config) {
    config.setPoolName("catalog");
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT.toMillis());
    return config;
  }

  private static Database migrated(Database database) {
    try {
      database.migrations(Optional.empty()).migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// @param target the last one that counts; empty: all do
  private Flyway migrations(Optional<String> target) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(pool)
            .locations(
                "classpath:db/migration",
                sqlite ? "classpath:db/sqlite" : "classpath:db/postgresql");
    target.ifPresent(configuration::target);
    return configuration.load();
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public DataSource dataSource() {
    return pool;
  }

  /// The log of what changed, to which the stores add.
  public EventStore events() {
    return events;
  }

  /// Which words are in which video.
  public WordIndex words() {
    return words;
  }

  /// A connection on which everything is as it was at one moment, until it is closed. It keeps
  /// nobody from writing, and nothing can be written by it.
  public Handle snapshot() {
    Handle handle = snapshots.open();
    if (!sqlite) {
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      handle.setReadOnly(true);
    }
    return handle.begin();
  }

  /// The version of the tables.
  public String schema() {
    return migrations(Optional.empty()).info().current().getVersion().toString();
  }

  /// Makes the index of words anew, of all videos that are in the library.
  ///
  /// @param tx in which the library was filled
  public void indexWords(Handle tx) {
    new LibraryEntryStore(words).describeAll(tx);
  }

  /// What a query in a transaction ends with to keep the rows it read from changing: nothing on
  /// SQLite, whose transactions are alone anyway.
  public String forUpdate() {
    return sqlite ? "" : " FOR UPDATE";
  }

  /// True when a query can be answered.
  ///
  /// @throws org.jdbi.v3.core.JdbiException when it cannot
  public boolean answers() {
    return jdbi.withHandle(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one())
        == 1;
  }

  @Override
  public void close() {
    pool.close();
  }
}

package dev.tritontube.web.backups;

import dev.tritontube.web.backups.TableStore.Column;
import dev.tritontube.web.backups.TableStore.Table;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Fills the tables of an empty catalog from a dump, as part of a transaction. For one thread.
final class LoadStore implements Dump.Sink, AutoCloseable {
  private static final int ROWS_AT_ONCE = 500;

  private final Handle transaction;
  private final Map<String, Table> tables = new HashMap<>();
  private List<Column> columns = List.of();
  private @Nullable PreparedStatement insert;
  private int waiting;

  /// What a migration put into the tables goes.
  LoadStore(Handle transaction) {
    this.transaction = transaction;
    List<Table> ordered = new ArrayList<>(TableStore.tables(transaction));
    ordered.forEach(table -> tables.put(table.name(), table));
    Collections.reverse(ordered);
    ordered.forEach(
        table -> transaction.execute("delete from " + SnapshotStore.quoted(table.name())));
  }

  /// Whether a catalog has something that would be lost.
  static boolean inUse(Handle handle) {
    return List.of("layouts", "videos", "users", "assets", "uploads").stream()
        .anyMatch(
            table ->
                handle
                    .createQuery("select 1 from " + table + " limit 1")
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
  }

  @Override
  public void table(String name, List<String> names) throws IOException {
    Table table = tables.get(name);
    if (table == null) {
      throw new IOException("this catalog has no table '" + name + "'");
    }
    Map<String, Column> known =
        table.columns().stream().collect(Collectors.toMap(Column::name, column -> column));
    columns = new ArrayList<>();
    for (String column : names) {
      Column found = known.get(column);
      if (found == null) {
        throw new IOException("table '" + name + "' of this catalog has no '" + column + "'");
      }
      columns.add(found);
    }
    prepare(name, names);
  }

  private void prepare(String table, List<String> names) throws IOException {
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                SnapshotStore.quoted(table),
                names.stream().map(SnapshotStore::quoted).collect(Collectors.joining(", ")),
                String.join(", ", Collections.nCopies(names.size(), "?")));
    try {
      finish();
      insert = transaction.getConnection().prepareStatement(sql);
    } catch (SQLException e) {
      throw new IOException("table '" + table + "' cannot be filled", e);
    }
  }

  @Override
  public void row(List<@Nullable Object> values) throws IOException {
    PreparedStatement statement = insert;
    if (statement == null || values.size() != columns.size()) {
      throw new IOException("a row of " + values.size() + " values for " + columns);
    }
    try {
      for (int i = 0; i < columns.size(); i++) {
        bind(statement, i + 1, columns.get(i).kind(), values.get(i));
      }
      statement.addBatch();
      if (++waiting == ROWS_AT_ONCE) {
        flush(statement);
      }
    } catch (SQLException | ClassCastException | IllegalArgumentException e) {
      throw new IOException("a row of a backup cannot be stored: " + e.getMessage(), e);
    }
  }

  private static void bind(
      PreparedStatement statement, int place, TableStore.Kind kind, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(place, type(kind));
      return;
    }
    switch (kind) {
      case TEXT -> statement.setString(place, (String) value);
      case WHOLE -> statement.setLong(place, (Long) value);
      case REAL -> statement.setDouble(place, ((Number) value).doubleValue());
      case FLAG -> statement.setBoolean(place, (Boolean) value);
      case BYTES -> statement.setBytes(place, Base64.getDecoder().decode((String) value));
      case TIME -> statement.setTimestamp(place, new Timestamp((Long) value));
    }
  }

  private static int type(TableStore.Kind kind) {
    return switch (kind) {
      case TEXT -> Types.VARCHAR;
      case WHOLE -> Types.BIGINT;
      case REAL -> Types.DOUBLE;
      case FLAG -> Types.BOOLEAN;
      case BYTES -> Types.BINARY;
      case TIME -> Types.TIMESTAMP_WITH_TIMEZONE;
    };
  }

  private void flush(PreparedStatement statement) throws SQLException {
    if (waiting > 0) {
      statement.executeBatch();
      waiting = 0;
    }
  }

  private void finish() throws SQLException {
    PreparedStatement statement = insert;
    if (statement != null) {
      try (statement) {
        flush(statement);
      } finally {
        insert = null;
      }
    }
  }

  /// Writes what waits.
  void end() throws IOException {
    try {
      finish();
    } catch (SQLException e) {
      throw new IOException("rows of a backup cannot be stored: " + e.getMessage(), e);
    }
  }

  /// Lets go of what is not written.
  @Override
  public void close() {
    PreparedStatement statement = insert;
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException _) {
        // Its transaction is rolled back, or its rows are there.
      }
    }
  }
}

package dev.tritontube.web.backups;

import dev.tritontube.web.backups.TableStore.Column;
import dev.tritontube.web.backups.TableStore.Table;
import dev.tritontube.web.catalog.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes all tables as they were at one moment, without keeping anybody from writing. Thread-safe.
final class SnapshotStore {
  private static final int ROWS_AT_ONCE = 500;

  private final Database database;

  SnapshotStore(Database database) {
    this.database = database;
  }

  /// @return how many rows there were
  long write(OutputStream output) throws IOException {
    try (Handle snapshot = database.snapshot()) {
      try {
        return write(snapshot, output);
      } finally {
        snapshot.rollback();
      }
    }
  }

  private static long write(Handle snapshot, OutputStream output) throws IOException {
    try (Dump.Writer dump = new Dump.Writer(output)) {
      for (Table table : TableStore.tables(snapshot)) {
        dump.table(table.name(), table.names());
        write(snapshot, table, dump);
      }
      dump.end();
      return dump.rows();
    }
  }

  private static void write(Handle snapshot, Table table, Dump.Writer dump) throws IOException {
    String columns =
        table.names().stream().map(SnapshotStore::quoted).collect(Collectors.joining(", "));
    try (var rows =
        snapshot
            .createQuery("select " + columns + " from " + quoted(table.name()))
            .setFetchSize(ROWS_AT_ONCE)
            .map((row, _) -> values(row, table))
            .iterator()) {
      while (rows.hasNext()) {
        dump.row(rows.next());
      }
    }
  }

  static String quoted(String name) {
    return '"' + name + '"';
  }

  private static List<@Nullable Object> values(ResultSet row, Table table) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      Object value = value(row, i + 1, table.columns().get(i));
      values.add(row.wasNull() ? null : value);
    }
    return values;
  }

  private static @Nullable Object value(ResultSet row, int place, Column column)
      throws SQLException {
    return switch (column.kind()) {
      case TEXT -> row.getString(place);
      case WHOLE -> row.getLong(place);
      case REAL -> row.getDouble(place);
      case FLAG -> row.getBoolean(place);
      case BYTES -> {
        byte[] bytes = row.getBytes(place);
        yield bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
      }
      case TIME -> {
        var time = row.getTimestamp(place);
        yield time == null ? null : time.getTime();
      }
    };
  }
}

package dev.tritontube.web.backups;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Which tables a copy of the catalog has. What other features add is found by itself.
final class TableStore {
  /// What is not in a copy: what tells of processes, layouts and copies as they are now, what would
  /// let people in again who went out since, and what is made anew.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "flyway_schema_history",
          "backups",
          "backup_schedule",
          "leases",
          "layouts",
          "layout_change_steps",
          "synced_nodes",
          "scheduled_tasks",
          "events",
          "sessions",
          "password_resets",
          "sign_in_attempts");

  /// The words of videos, made anew from them.
  private static final String WORDS = "library_words";

  private TableStore() {}

  /// The kinds of values, the same for all databases.
  enum Kind {
    TEXT,
    WHOLE,
    REAL,
    FLAG,
    BYTES,
    TIME;

    /// @param type as the database calls it
    static Kind of(String type) {
      String name = type.toLowerCase(Locale.ROOT);
      if (name.startsWith("bool")) {
        return FLAG;
      }
      if (name.startsWith("bytea") || name.startsWith("blob")) {
        return BYTES;
      }
      if (name.startsWith("timestamp")) {
        return TIME;
      }
      if (name.startsWith("double") || name.startsWith("float") || name.startsWith("real")) {
        return REAL;
      }
      return name.contains("int") || name.contains("serial") ? WHOLE : TEXT;
    }
  }

  record Column(String name, Kind kind) {}

  record Table(String name, List<Column> columns) {
    Table {
      columns = List.copyOf(columns);
    }

    List<String> names() {
      return columns.stream().map(Column::name).toList();
    }
  }

  /// Those that are copied, each after those that it refers to.
  static List<Table> tables(Handle handle) {
    try {
      DatabaseMetaData meta = handle.getConnection().getMetaData();
      String schema = handle.getConnection().getSchema();
      Map<String, Table> left = new LinkedHashMap<>();
      for (String name : names(meta, schema)) {
        left.put(name, new Table(name, columns(meta, schema, name)));
      }
      List<Table> ordered = new ArrayList<>();
      while (!left.isEmpty()) {
        Table next = next(meta, schema, left);
        ordered.add(next);
        left.remove(next.name());
      }
      return ordered;
    } catch (SQLException e) {
      throw new IllegalStateException("the tables of the catalog cannot be read", e);
    }
  }

  private static List<String> names(DatabaseMetaData meta, String schema) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = meta.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        String name = rows.getString("TABLE_NAME");
        if (!LEFT_OUT.contains(name) && !name.startsWith(WORDS) && !name.startsWith("sqlite_")) {
          names.add(name);
        }
      }
    }
    names.sort(String::compareTo);
    return names;
  }

  private static List<Column> columns(DatabaseMetaData meta, String schema, String table)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (ResultSet rows = meta.getColumns(null, schema, table, "%")) {
      while (rows.next()) {
        String type = rows.getString("TYPE_NAME");
        // Words, again. A name with '_' is a pattern, so another table's columns may come along.
        if (table.equals(rows.getString("TABLE_NAME")) && !type.equalsIgnoreCase("tsvector")) {
          columns.add(new Column(rows.getString("COLUMN_NAME"), Kind.of(type)));
        }
      }
    }
    return columns;
  }

  /// One that refers to none that is left, but maybe to itself.
  private static Table next(DatabaseMetaData meta, String schema, Map<String, Table> left)
      throws SQLException {
    for (Table table : left.values()) {
      Set<String> referred = new HashSet<>();
      try (ResultSet keys = meta.getImportedKeys(null, schema, table.name())) {
        while (keys.next()) {
          referred.add(keys.getString("PKTABLE_NAME"));
        }
      }
      referred.remove(table.name());
      referred.retainAll(left.keySet());
      if (referred.isEmpty()) {
        return table;
      }
    }
    throw new IllegalStateException("tables refer to each other in a circle: " + left.keySet());
  }
}

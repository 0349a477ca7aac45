package dev.tritontube.web.catalog;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/// Keeps the statements of each connection to SQLite prepared, the last ones that were used:
/// preparing one costs as much as most of them take, and neither driver nor pool keeps any. The
/// schema must not change meanwhile. Thread-safe, as a connection is used by one thread at a time.
final class KeptStatements implements StatementBuilderFactory {
  /// Of one connection.
  private static final int MOST = 64;

  private final Map<Connection, Kept> kept = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public StatementBuilder createStatementBuilder(Connection pooled) {
    try {
      // The pool closes what was prepared by way of it.
      Connection connection = pooled.unwrap(SQLiteConnection.class);
      return new Builder(connection, kept.computeIfAbsent(connection, _ -> new Kept()));
    } catch (SQLException e) {
      throw new IllegalStateException("not a connection to SQLite", e);
    }
  }

  /// Statements that are not in use, by their SQL.
  private static final class Kept extends LinkedHashMap<String, PreparedStatement> {
    private static final long serialVersionUID = 1;

    Kept() {
      super(MOST, 0.75f, true);
    }

    void giveBack(String sql, PreparedStatement statement) throws SQLException {
      statement.clearParameters();
      statement.clearBatch();
      PreparedStatement other = put(sql, statement);
      if (other != null) {
        other.close();
      }
      if (size() > MOST) {
        pollFirstEntry().getValue().close();
      }
    }
  }

  private record Builder(Connection connection, Kept kept) implements StatementBuilder {
    @Override
    public Statement create(Connection pooled, StatementContext context) throws SQLException {
      return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection pooled, String sql, StatementContext context)
        throws SQLException {
      PreparedStatement statement = kept.remove(sql);
      return statement == null ? connection.prepareStatement(sql) : statement;
    }

    @Override
    public CallableStatement createCall(Connection pooled, String sql, StatementContext context)
        throws SQLException {
      return connection.prepareCall(sql);
    }

    @Override
    public void close(Connection pooled, String sql, Statement statement) throws SQLException {
      if (statement instanceof PreparedStatement prepared) {
        kept.giveBack(sql, prepared);
      } else {
        statement.close();
      }
    }
  }
}

package dev.tritontube.web.catalog;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/// Lets one transaction of this process at a time begin, in order of arrival. SQLite alone would
/// let the others poll for its lock inside a native call, which holds on to the carriers that the
/// virtual thread of the first needs to go on.
final class OneWriter extends DelegatingTransactionHandler {
  /// Held from begin to commit or rollback.
  private final ReentrantLock writer;

  OneWriter(TransactionHandler delegate) {
    this(delegate, new ReentrantLock(true));
  }

  private OneWriter(TransactionHandler delegate, ReentrantLock writer) {
    super(delegate);
    this.writer = writer;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new OneWriter(getDelegate().specialize(handle), writer);
  }

  @Override
  public void begin(Handle handle) {
    writer.lock();
    try {
      super.begin(handle);
    } catch (RuntimeException | Error e) {
      writer.unlock();
      throw e;
    }
  }

  @Override
  public void commit(Handle handle) {
    try {
      super.commit(handle);
    } finally {
      release();
    }
  }

  @Override
  public void rollback(Handle handle) {
    try {
      super.rollback(handle);
    } finally {
      release();
    }
  }

  /// A commit that fails is followed by a rollback.
  private void release() {
    if (writer.isHeldByCurrentThread()) {
      writer.unlock();
    }
  }
}

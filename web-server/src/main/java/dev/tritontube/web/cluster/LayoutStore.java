package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The layouts in the catalog: the one linearisable place that says which layout is the newest.
///
/// Publishing is a compare-and-set: it succeeds only for the epoch after the newest, so there are
/// never two layouts of one epoch. Thread-safe.
final class LayoutStore {
  /// Layouts that stay readable after newer ones were published.
  private static final int KEPT = 8;

  private final Jdbi jdbi;
  private final InstantSource clock;

  LayoutStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// @return 0 before the first layout
  long newestEpoch() {
    return jdbi.withHandle(LayoutStore::newestEpoch);
  }

  Optional<Layout> newest() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT encoded FROM layouts ORDER BY epoch DESC LIMIT 1")
                .mapTo(byte[].class)
                .findOne()
                .map(Layout::decode));
  }

  /// @return false, and nothing is changed, when the newest layout is not the one before this
  boolean publish(Layout layout) {
    return jdbi.inTransaction(handle -> publish(handle, layout));
  }

  /// The same as part of a transaction of somebody else.
  boolean publish(Handle transaction, Layout layout) {
    if (newestEpoch(transaction) != layout.epoch() - 1) {
      return false;
    }
    int inserted = insert(transaction, layout);
    transaction.execute("DELETE FROM layouts WHERE epoch <= ?", layout.epoch() - KEPT);
    return inserted == 1;
  }

  private int insert(Handle transaction, Layout layout) {
    return transaction
        .createUpdate(
            "INSERT INTO layouts (epoch, encoded, published_at) VALUES (:epoch, :encoded, :now)"
                + " ON CONFLICT DO NOTHING")
        .bind("epoch", layout.epoch())
        .bind("encoded", layout.encode())
        .bind("now", clock.millis())
        .execute();
  }

  /// Makes a layout the only one, in a catalog that has none.
  ///
  /// @param transaction in which it is made anew
  void beginWith(Handle transaction, Layout layout) {
    if (newestEpoch(transaction) != 0) {
      throw new IllegalStateException("this catalog has a layout");
    }
    insert(transaction, layout);
  }

  /// True when this is the newest layout now, in the eyes of a transaction.
  boolean newestIs(Handle transaction, long epoch) {
    return newestEpoch(transaction) == epoch;
  }

  private static long newestEpoch(Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(epoch), 0) FROM layouts")
        .mapTo(long.class)
        .one();
  }
}

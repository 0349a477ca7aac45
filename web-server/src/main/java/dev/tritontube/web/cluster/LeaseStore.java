package dev.tritontube.web.cluster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Leases in the catalog: what only one web server does at a time, until it stops renewing.
///
/// A lease alone does not stop a holder that was asleep while it ran out; its fence does: what is
/// written in the name of a lease is written in a transaction that checks `holds`. Thread-safe.
final class LeaseStore {
  private final Jdbi jdbi;
  private final InstantSource clock;

  LeaseStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// Takes or renews a lease.
  ///
  /// @return empty while another holds it
  Optional<Lease> hold(String name, String holder, Duration time) {
    return jdbi.inTransaction(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO leases (name, holder, fence, expires_at) VALUES (:name, '', 0, 0)"
                      + " ON CONFLICT DO NOTHING")
              .bind("name", name)
              .execute();
          handle
              .createUpdate(
                  "UPDATE leases SET fence = CASE WHEN holder = :holder THEN fence ELSE fence + 1 END,"
                      + " holder = :holder, expires_at = :expires"
                      + " WHERE name = :name AND (holder = :holder OR expires_at <= :now)")
              .bind("name", name)
              .bind("holder", holder)
              .bind("now", clock.millis())
              .bind("expires", clock.millis() + time.toMillis())
              .execute();
          return fence(handle, name, holder).map(fence -> new Lease(name, holder, fence));
        });
  }

  /// Gives a lease back, so that another need not wait for it to run out.
  void release(Lease lease) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "UPDATE leases SET expires_at = 0 WHERE name = ? AND holder = ? AND fence = ?",
                lease.name(),
                lease.holder(),
                lease.fence()));
  }

  /// True while nobody else has taken the lease since.
  static boolean holds(Handle transaction, Lease lease) {
    return fence(transaction, lease.name(), lease.holder()).equals(Optional.of(lease.fence()));
  }

  private static Optional<Long> fence(Handle handle, String name, String holder) {
    return handle
        .createQuery("SELECT fence FROM leases WHERE name = :name AND holder = :holder")
        .bind("name", name)
        .bind("holder", holder)
        .mapTo(Long.class)
        .findOne();
  }
}

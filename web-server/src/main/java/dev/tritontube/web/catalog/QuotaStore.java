package dev.tritontube.web.catalog;

import dev.tritontube.web.catalog.OverQuotaException.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What users have and may have. The sums are kept in the transactions that change what is summed,
/// under a lock on the owner's row, so that uploads that begin together cannot go over together.
/// That lock comes after those on uploads, users and assets, and before the one on the event log's
/// counter. Thread-safe; several processes share it.
///
/// Administrators, and what belongs to the installation, have no bounds, but are counted.
public final class QuotaStore {
  private final Jdbi jdbi;
  private final String forUpdate;
  private final Quota usual;

  /// @param usual of everybody for whom nothing else is said
  public QuotaStore(Database database, Quota usual) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.usual = usual;
  }

  /// What somebody has.
  ///
  /// @param bytes of originals, each counted once however many videos share it
  /// @param heldBytes claimed by uploads that are under way
  /// @param heldVideos that uploads under way will become
  public record Usage(long bytes, long videos, long uploads, long heldBytes, long heldVideos) {
    static final Usage NOTHING = new Usage(0, 0, 0, 0, 0);
  }

  /// What somebody has and may have.
  public record Standing(Usage usage, Quota quota) {}

  public Standing standing(Owner owner) {
    return jdbi.withHandle(
        handle ->
            new Standing(usage(handle, owner, "").orElse(Usage.NOTHING), quota(handle, owner)));
  }

  private Quota quota(Handle handle, Owner owner) {
    return owner.equals(Owner.ADMIN)
        ? Quota.NONE
        : handle
            .createQuery(
                """
                select role, quota_bytes, quota_videos, quota_uploads from users where id = :owner
                """)
            .bind("owner", owner.value())
            .map((row, _) -> row.getString("role").equals("admin") ? Quota.NONE : of(row).or(usual))
            .findOne()
            .orElse(usual);
  }

  /// What is said for one user alone.
  public static Quota of(ResultSet row) throws SQLException {
    return new Quota(
        number(row, "quota_bytes"), number(row, "quota_videos"), number(row, "quota_uploads"));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static Optional<Usage> usage(Handle handle, Owner owner, String forUpdate) {
    return handle
        .createQuery("select * from owner_usage where owner = :owner" + forUpdate)
        .bind("owner", owner.value())
        .map(
            (row, _) ->
                new Usage(
                    row.getLong("bytes"),
                    row.getLong("videos"),
                    row.getLong("uploads"),
                    row.getLong("held_bytes"),
                    row.getLong("held_videos")))
        .findOne();
  }

  /// Counts an upload that begins.
  ///
  /// @throws OverQuotaException when its owner may not have so much
  void begin(Handle tx, Owner owner, Claim claim) {
    Usage usage = locked(tx, owner);
    Quota quota = quota(tx, owner);
    if (claim.counted()) {
      require(Bound.UPLOADS, quota.uploads(), usage.uploads(), 1);
    }
    require(Bound.VIDEOS, quota.videos(), usage.videos() + usage.heldVideos(), claim.videos());
    require(Bound.BYTES, quota.bytes(), usage.bytes() + usage.heldBytes(), claim.bytes());
    add(tx, owner, new Usage(0, 0, 1, claim.bytes(), claim.videos()));
  }

  /// Counts more bytes of an upload that is under way, or of one that ends with more than it
  /// claimed.
  ///
  /// @throws OverQuotaException when its owner may not have so much
  void hold(Handle tx, Owner owner, long bytes) {
    Usage usage = locked(tx, owner);
    require(Bound.BYTES, quota(tx, owner).bytes(), usage.bytes() + usage.heldBytes(), bytes);
    add(tx, owner, new Usage(0, 0, 0, bytes, 0));
  }

  private static void require(Bound bound, OptionalLong limit, long had, long more) {
    long left = Math.max(0, limit.orElse(Long.MAX_VALUE) - had);
    if (more > left) {
      throw new OverQuotaException(bound, limit.orElseThrow(), left);
    }
  }

  /// Counts an upload no more that began with a claim and has ended, in whatever way.
  static void end(Handle tx, Owner owner, long heldBytes, long heldVideos) {
    add(tx, owner, new Usage(0, 0, -1, -heldBytes, -heldVideos));
  }

  /// Counts what is there from now on, or, when negative, no more.
  static void stored(Handle tx, Owner owner, long bytes, long videos) {
    add(tx, owner, new Usage(bytes, videos, 0, 0, 0));
  }

  private Usage locked(Handle tx, Owner owner) {
    tx.createUpdate(
            """
            insert into owner_usage (owner, bytes, videos, uploads, held_bytes, held_videos)
            values (:owner, 0, 0, 0, 0, 0) on conflict (owner) do nothing
            """)
        .bind("owner", owner.value())
        .execute();
    return usage(tx, owner, forUpdate).orElse(Usage.NOTHING);
  }

  /// Of one whose account is gone nothing is counted.
  private static void add(Handle tx, Owner owner, Usage more) {
    tx.createUpdate(
            """
            update owner_usage set bytes = bytes + :bytes, videos = videos + :videos,
              uploads = uploads + :uploads, held_bytes = held_bytes + :heldBytes,
              held_videos = held_videos + :heldVideos
            where owner = :owner
            """)
        .bind("owner", owner.value())
        .bind("bytes", more.bytes())
        .bind("videos", more.videos())
        .bind("uploads", more.uploads())
        .bind("heldBytes", more.heldBytes())
        .bind("heldVideos", more.heldVideos())
        .execute();
  }
}

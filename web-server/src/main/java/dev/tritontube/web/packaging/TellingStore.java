package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventStore;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.jobs.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What people are told of assets while they are made: how far they are and why they take longer
/// than they might, each change an event. Thread-safe.
final class TellingStore {
  /// How often people are told of progress, at most.
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /// Assets that are looked at together.
  private static final int AT_ONCE = 50;

  private final Jdbi jdbi;
  private final EventStore events;
  private final InstantSource clock;

  TellingStore(Database database, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.events = database.events();
    this.clock = clock;
  }

  /// Tells that something begins or ended, to which reasons of before do not apply. To be the last
  /// thing that the transaction does.
  void turn(Handle tx, EventType type, AssetId asset) {
    tx.execute(
        """
        update packaging set reason_code = null, reason_detail = null where asset = ?
        """,
        asset.value());
    tell(tx, type, asset);
  }

  /// Tells why an asset takes longer than it might. To be the last thing that the transaction does.
  void because(Handle tx, AssetId asset, AssetMedia.Reason reason) {
    if (remark(tx, asset, reason)) {
      tell(tx, EventType.PROGRESS, asset);
    }
  }

  /// What was said counts no more, which is told with the next progress.
  void over(Handle tx, AssetId asset) {
    remark(tx, asset, null);
  }

  /// Says how far an asset is, which does not count as a change of it; less than before counts as
  /// before. What failed and is to be tried again stays said until it worked. People are told now
  /// or, when they were just told something and there is no other reason, by a later call.
  void progress(AssetId asset, String revision, Progress progress) {
    jdbi.useTransaction(
        tx -> {
          tx.createUpdate(
                  """
                  update packaging set untold = true, eta_seconds = :eta,
                    percent = case when percent > :percent then percent else :percent end
                  where asset = :asset and revision = :revision and status = 'PROCESSING'
                    and (percent < :percent or eta_seconds is distinct from :eta)
                  """)
              .bind("percent", progress.percent())
              .bind("eta", progress.etaSeconds())
              .bind("asset", asset.value())
              .bind("revision", revision)
              .execute();
          boolean news = !JobStore.troubled(tx, asset) && remark(tx, asset, progress.reason());
          if (isToBeTold(tx, asset, news)) {
            tell(tx, EventType.PROGRESS, asset);
          }
        });
  }

  private boolean isToBeTold(Handle tx, AssetId asset, boolean news) {
    return tx.createUpdate(
                """
                update packaging set untold = false, told_at = :now
                where asset = :asset and status = 'PROCESSING' and untold and told_at <= :before
                """)
            .bind("asset", asset.value())
            .bind("now", clock.millis())
            .bind("before", clock.millis() - (news ? 0 : PERIOD.toMillis()))
            .execute()
        == 1;
  }

  /// Says of assets that nobody has looked at since a time that they wait.
  void waiting(Instant since) {
    List<AssetId> unseen =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select asset from packaging where status = 'PENDING'
                          and reason_code is null and enqueued_at <= :since
                        order by enqueued_at limit :limit
                        """)
                    .bind("since", since.toEpochMilli())
                    .bind("limit", AT_ONCE)
                    .map((row, _) -> new AssetId(row.getString("asset")))
                    .list());
    for (AssetId asset : unseen) {
      jdbi.useTransaction(tx -> because(tx, asset, Reasons.waitsForWorker()));
    }
  }

  /// @param reason null: it does not take longer
  /// @return whether that is news
  private static boolean remark(Handle tx, AssetId asset, AssetMedia.@Nullable Reason reason) {
    return tx.createUpdate(
                """
                update packaging set untold = true, reason_code = :code, reason_detail = :detail
                where asset = :asset and status in ('PENDING', 'PROCESSING')
                  and (reason_code is distinct from :code or reason_detail is distinct from :detail)
                """)
            .bind("code", reason == null ? null : reason.code())
            .bind("detail", reason == null ? null : reason.detail())
            .bind("asset", asset.value())
            .execute()
        == 1;
  }

  /// Of what is encoded again beside what plays, people are told nothing before it takes its place.
  private void tell(Handle tx, EventType type, AssetId asset) {
    if (!ShownStore.has(tx, asset)) {
      events.ofAsset(tx, type, asset, clock.instant());
    }
  }
}

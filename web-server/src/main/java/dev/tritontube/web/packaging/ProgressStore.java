package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobProgress.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// How far assets are, and what is being made of them now. Thread-safe.
final class ProgressStore {
  private final Jdbi jdbi;

  ProgressStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Map<AssetId, JobProgress> of(Collection<AssetId> assets) {
    if (assets.isEmpty()) {
      return Map.of();
    }
    List<String> ids = assets.stream().map(AssetId::value).toList();
    Map<AssetId, JobProgress> progress = new HashMap<>();
    jdbi.useHandle(
        handle -> {
          Map<String, List<Run>> runs = runs(handle, ids);
          handle
              .createQuery(
                  "select asset, stage, percent, eta_seconds from packaging where asset in (<assets>)")
              .bindList("assets", ids)
              .map((row, _) -> Map.entry(row.getString("asset"), progress(row, runs)))
              .forEach(entry -> progress.put(new AssetId(entry.getKey()), entry.getValue()));
        });
    return progress;
  }

  private static JobProgress progress(ResultSet row, Map<String, List<Run>> runs)
      throws SQLException {
    int eta = row.getInt("eta_seconds");
    Integer known = row.wasNull() ? null : Integer.valueOf(eta);
    return new JobProgress(
        row.getString("stage"),
        row.getInt("percent"),
        known,
        runs.getOrDefault(row.getString("asset"), List.of()));
  }

  private record Held(String asset, Run run) {}

  private static Map<String, List<Run>> runs(Handle handle, List<String> assets) {
    return handle
        .createQuery(
            """
            select asset, holder, representations, first_number, end_number, urgent
            from packaging_attempts where is_open and asset in (<assets>) order by attempt
            """)
        .bindList("assets", assets)
        .map(
            (row, _) ->
                new Held(
                    row.getString("asset"),
                    new Run(
                        row.getString("holder"),
                        List.of(row.getString("representations").split(",")),
                        row.getLong("first_number"),
                        row.getLong("end_number"),
                        row.getBoolean("urgent"))))
        .collect(
            Collectors.groupingBy(Held::asset, Collectors.mapping(Held::run, Collectors.toList())));
  }
}

package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.FollowedUploadStore.Begun;
import dev.tritontube.web.catalog.FollowedUploadStore.Report;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.ProblemMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The uploads of this process whose clients follow them. What has come of them is told once a
/// second for all together, so that receiving never waits for the catalog. Thread-safe.
public final class FollowedUploads {
  /// How often `report` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private final FollowedUploadStore store;
  private final String instance;
  private final InstantSource clock;

  /// With how much of each was told last.
  private final Map<FollowedUpload, Long> told = new ConcurrentHashMap<>();

  /// @param instance names this process among all that share the catalog
  public FollowedUploads(FollowedUploadStore store, String instance, InstantSource clock) {
    this.store = store;
    this.instance = instance;
    this.clock = clock;
  }

  /// What receives an upload, up to the moment when its video is in the catalog.
  interface Receiving {
    Video run() throws IOException;
  }

  /// Tells of an upload while it is received. That it is complete is told by whoever puts its video
  /// into the catalog.
  ///
  /// @throws ProblemException 409 `upload_id_taken`, and what the upload ends with
  Video during(FollowedUpload upload, Owner owner, Receiving receiving) throws IOException {
    Begun begun = new Begun(upload.token(), owner, instance, upload.totalBytes());
    if (!store.begin(begun, clock.instant())) {
      throw new ProblemException(
          new Problem.UploadIdTaken("An upload " + upload.token() + " is under way"));
    }
    told.put(upload, 0L);
    try {
      return receiving.run();
    } catch (IOException | RuntimeException e) {
      told.remove(upload);
      tell(upload, e);
      throw e;
    } finally {
      told.remove(upload);
    }
  }

  private void tell(FollowedUpload upload, Exception failure) {
    try {
      store.failed(upload.token(), remark(failure), clock.instant());
    } catch (RuntimeException e) {
      failure.addSuppressed(e); // It will count as lost.
    }
  }

  private static Remark remark(Exception failure) {
    Problem problem =
        ProblemMapper.known(failure)
            .orElseGet(() -> new Problem.Internal("The server failed; its log says more"));
    return new Remark(problem.code(), problem.detail());
  }

  /// Tells how far they are.
  public void report() {
    List<FollowedUpload> moved =
        told.entrySet().stream()
            .filter(entry -> entry.getKey().receivedBytes() != entry.getValue())
            .map(Map.Entry::getKey)
            .toList();
    if (moved.isEmpty()) {
      return;
    }
    List<Report> reports = moved.stream().map(FollowedUpload::report).toList();
    store.report(reports, clock.instant());
    for (int i = 0; i < reports.size(); i++) {
      told.replace(moved.get(i), reports.get(i).receivedBytes());
    }
  }
}

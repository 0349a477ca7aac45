package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobKind;
import dev.tritontube.web.jobs.JobName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Packaging as jobs: first what makes an asset play, for every asset that waits; then the rest,
/// the oldest first.
final class PackagingJobs {
  static final JobName FIRST = new JobName("package-first", 20);
  static final JobName REST = new JobName("package-rest", 10);

  private PackagingJobs() {}

  static List<JobKind> of(Packager packager, RunningWork running) {
    return List.of(
        new Kind(FIRST, packager, running, packager::packageFirst),
        new Kind(REST, packager, running, packager::packageRest));
  }

  private interface Work {
    void run(AssetId asset, Cancellation cancellation) throws IOException, InterruptedException;
  }

  private record Kind(JobName name, Packager packager, RunningWork running, Work work)
      implements JobKind {
    @Override
    public void run(String subject) throws IOException, InterruptedException {
      AssetId asset = new AssetId(subject);
      try (RunningWork.Entry entry = running.enter(asset)) {
        work.run(asset, entry.cancellation());
      }
    }

    @Override
    public void gaveUp(String subject, Throwable cause) {
      try {
        packager.fail(new AssetId(subject), "internal_error", "the work failed too many times");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

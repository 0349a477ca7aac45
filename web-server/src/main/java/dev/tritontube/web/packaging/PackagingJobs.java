package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobKind;
import dev.tritontube.web.jobs.JobName;
import java.io.IOException;
import java.util.List;

/// The job that every new asset has: to be looked at and planned.
final class PackagingJobs {
  static final JobName PLAN = new JobName("package-plan", 20);

  private PackagingJobs() {}

  static List<JobKind> of(Packager packager, Workshop workshop, RunningWork running) {
    return List.of(new Plan(packager, workshop, running));
  }

  private record Plan(Packager packager, Workshop workshop, RunningWork running)
      implements JobKind {
    @Override
    public JobName name() {
      return PLAN;
    }

    @Override
    public void run(String subject) throws IOException, InterruptedException {
      AssetId asset = new AssetId(subject);
      try (RunningWork.Entry entry = running.enter(asset)) {
        packager.plan(asset, entry.cancellation());
      }
    }

    @Override
    public void gaveUp(String subject, Throwable cause) {
      workshop.fail(new AssetId(subject), "internal_error", "the work failed too many times");
    }
  }
}

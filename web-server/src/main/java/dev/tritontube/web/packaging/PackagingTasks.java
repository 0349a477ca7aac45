package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskName;
import java.io.IOException;
import java.util.List;

/// The task that every new asset has: to be looked at and planned.
final class PackagingTasks {
  static final TaskName PLAN = new TaskName("package-plan", 20);

  private PackagingTasks() {}

  static List<TaskKind> of(Packager packager, Workshop workshop, RunningWork running) {
    return List.of(new Plan(packager, workshop, running));
  }

  private record Plan(Packager packager, Workshop workshop, RunningWork running)
      implements TaskKind {
    @Override
    public TaskName name() {
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

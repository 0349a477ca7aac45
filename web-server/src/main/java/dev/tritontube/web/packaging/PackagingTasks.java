package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The task that every asset has that is new or to be encoded again: to be looked at and planned.
final class PackagingTasks {
  private static final String NAME = "package-plan";

  static final TaskName PLAN = new TaskName(NAME, 20);

  /// Of what plays already.
  static final TaskName PLAN_AGAIN = new TaskName(NAME, 10);

  private PackagingTasks() {}

  static List<TaskKind> of(
      Packager packager, Workshop workshop, RunningWork running, InstantSource clock) {
    return List.of(new Plan(packager, workshop, running, clock));
  }

  private record Plan(
      Packager packager, Workshop workshop, RunningWork running, InstantSource clock)
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
    public Optional<Instant> failed(String subject, Throwable cause) {
      return workshop.setBack(new AssetId(subject), clock.instant(), cause);
    }
  }
}

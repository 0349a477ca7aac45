package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.AddNodeRequest;
import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.DrainNodeRequest;
import dev.tritontube.proto.admin.v1.LocateKeyRequest;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.PlanRingRequest;
import dev.tritontube.proto.admin.v1.PlanRingResponse;
import dev.tritontube.proto.admin.v1.RemoveNodeRequest;
import dev.tritontube.proto.admin.v1.ShowRingRequest;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.WatchRingRequest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ring show | locate | plan | apply | status`.
@Command(
    name = "ring",
    description = "Shows who owns what, and plans and applies changes.",
    subcommands = {RingCommand.Plan.class, RingCommand.Apply.class},
    mixinStandardHelpOptions = true)
final class RingCommand {
  @ParentCommand private @Nullable AdminCli admin;

  @Command(description = "Shows the layout.", mixinStandardHelpOptions = true)
  int show() {
    try (Session session = admin().open()) {
      ShowRingResponse ring = session.quick().showRing(ShowRingRequest.getDefaultInstance());
      admin().answers().show(Documents.ring(ring), Texts.ring(ring));
      return 0;
    }
  }

  @Command(
      description = "Shows where a blob belongs and where it is.",
      mixinStandardHelpOptions = true)
  int locate(@Parameters(paramLabel = "KEY") String key) {
    try (Session session = admin().open()) {
      LocateKeyResponse place =
          session.quick().locateKey(LocateKeyRequest.newBuilder().setKey(key).build());
      admin().answers().show(Documents.located(key, place), Texts.located(place));
      return 0;
    }
  }

  @Command(description = "Shows the change that is running.", mixinStandardHelpOptions = true)
  int status(@Option(names = "--watch", description = "Until it is done.") boolean watch) {
    try (Session session = admin().open()) {
      Iterator<ChangeProgress> messages =
          session.patient().watchRing(WatchRingRequest.newBuilder().setWatch(watch).build());
      ChangeProgress last =
          watch ? new ChangeWatch(admin().answers()).follow(messages) : messages.next();
      admin().answers().show(Documents.progress(last), Texts.change(last));
      return 0;
    }
  }

  AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }

  /// `ring plan add | drain | remove`.
  @Command(
      name = "plan",
      description = "Shows what a change would move, without doing it.",
      mixinStandardHelpOptions = true)
  static final class Plan {
    @ParentCommand private @Nullable RingCommand ring;

    @Command(description = "What adding a node would move.", mixinStandardHelpOptions = true)
    int add(@Mixin NodesCommand.Addition addition) {
      return plan(PlanRingRequest.newBuilder().setAdd(addition.request(true, 0)).build());
    }

    @Command(description = "What draining a node would move.", mixinStandardHelpOptions = true)
    int drain(@Parameters(paramLabel = "ID|HOST:PORT") String node) {
      return plan(
          PlanRingRequest.newBuilder()
              .setDrain(DrainNodeRequest.newBuilder().setNode(node))
              .build());
    }

    @Command(description = "What removing a node would move.", mixinStandardHelpOptions = true)
    int remove(
        @Parameters(paramLabel = "ID|HOST:PORT") String node,
        @Option(names = "--force", description = "The node is lost.") boolean force) {
      return plan(
          PlanRingRequest.newBuilder()
              .setRemove(RemoveNodeRequest.newBuilder().setNode(node).setForce(force))
              .build());
    }

    private int plan(PlanRingRequest request) {
      if (ring == null) {
        throw new IllegalStateException("not run by picocli");
      }
      AdminCli admin = ring.admin();
      try (Session session = admin.open()) {
        PlanRingResponse plan = session.patient().planRing(request);
        admin.answers().show(Documents.plan(plan), Texts.plan(plan));
        return 0;
      }
    }
  }

  /// `ring apply add | drain | remove`.
  @Command(
      name = "apply",
      description = "Does what was planned, unless the ring has changed since.",
      mixinStandardHelpOptions = true)
  static final class Apply {
    @ParentCommand private @Nullable RingCommand ring;

    /// What was planned, and whether to wait.
    static final class Planned {
      @Option(
          names = "--if-epoch",
          paramLabel = "EPOCH",
          required = true,
          description = "What 'ring plan' said: at another epoch it is refused.")
      private long epoch;

      @Mixin private NodesCommand.Patience patience = new NodesCommand.Patience();

      long epoch() {
        if (epoch < 1) {
          throw new UsageException("--if-epoch is at least 1, not " + epoch);
        }
        return epoch;
      }
    }

    @Command(description = "Adds a storage node.", mixinStandardHelpOptions = true)
    int add(@Mixin NodesCommand.Addition addition, @Mixin Planned planned) {
      AddNodeRequest request = addition.request(planned.patience.none(), planned.epoch());
      return NodesCommand.change(admin(), stub -> stub.addNode(request));
    }

    @Command(description = "Moves everything away from a node.", mixinStandardHelpOptions = true)
    int drain(@Parameters(paramLabel = "ID|HOST:PORT") String node, @Mixin Planned planned) {
      DrainNodeRequest request =
          DrainNodeRequest.newBuilder()
              .setNode(node)
              .setIfEpoch(planned.epoch())
              .setNoWait(planned.patience.none())
              .build();
      return NodesCommand.change(admin(), stub -> stub.drainNode(request));
    }

    @Command(description = "Removes a node.", mixinStandardHelpOptions = true)
    int remove(
        @Parameters(paramLabel = "ID|HOST:PORT") String node,
        @Option(names = "--force", description = "The node is lost.") boolean force,
        @Mixin Planned planned) {
      RemoveNodeRequest request =
          RemoveNodeRequest.newBuilder()
              .setNode(node)
              .setForce(force)
              .setIfEpoch(planned.epoch())
              .setNoWait(planned.patience.none())
              .build();
      return NodesCommand.change(admin(), stub -> stub.removeNode(request));
    }

    private AdminCli admin() {
      if (ring == null) {
        throw new IllegalStateException("not run by picocli");
      }
      return ring.admin();
    }
  }
}

package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.AddNodeRequest;
import dev.tritontube.proto.admin.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.DrainNodeRequest;
import dev.tritontube.proto.admin.v1.ListNodesRequest;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.RemoveNodeRequest;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `nodes list | add | drain | remove`.
@Command(
    name = "nodes",
    description = "Lists, adds, drains and removes storage nodes.",
    mixinStandardHelpOptions = true)
final class NodesCommand {
  @ParentCommand private @Nullable AdminCli admin;

  /// What adding takes.
  static final class Addition {
    @Parameters(paramLabel = "HOST:PORT", description = "Where the node is.")
    private String address = "";

    @Option(
        names = "--zone",
        description = "What fails together with it (default: what the node says).")
    private String zone = "";

    @Option(
        names = "--weight",
        description = "Its share in relation to the others' (default: its capacity in bytes).")
    private long weight;

    /// @param ifEpoch 0: whatever the epoch is
    AddNodeRequest request(boolean noWait, long ifEpoch) {
      if (weight < 0) {
        throw new UsageException("--weight is at least 1, not " + weight);
      }
      return AddNodeRequest.newBuilder()
          .setAddress(address)
          .setZone(zone)
          .setWeight(weight)
          .setNoWait(noWait)
          .setIfEpoch(ifEpoch)
          .build();
    }
  }

  /// Whether to wait.
  static final class Patience {
    @Option(names = "--no-wait", description = "Return when it has begun; it goes on by itself.")
    private boolean noWait;

    boolean none() {
      return noWait;
    }
  }

  @Command(description = "Lists the storage nodes.", mixinStandardHelpOptions = true)
  int list() {
    try (Session session = admin().open()) {
      List<Node> nodes =
          session.quick().listNodes(ListNodesRequest.getDefaultInstance()).getNodesList();
      admin().answers().show(Documents.nodes(nodes), Texts.nodes(nodes));
      return 0;
    }
  }

  @Command(
      description = "Adds a storage node and gives it its share of the data.",
      mixinStandardHelpOptions = true)
  int add(@Mixin Addition addition, @Mixin Patience patience) {
    AddNodeRequest request = addition.request(patience.none(), 0);
    return change(stub -> stub.addNode(request));
  }

  @Command(
      description = "Moves everything away from a node, which stays in the list.",
      mixinStandardHelpOptions = true)
  int drain(@Parameters(paramLabel = "ID|HOST:PORT") String node, @Mixin Patience patience) {
    DrainNodeRequest request =
        DrainNodeRequest.newBuilder().setNode(node).setNoWait(patience.none()).build();
    return change(stub -> stub.drainNode(request));
  }

  @Command(
      description = "Removes a node, after draining it where it is not drained.",
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(paramLabel = "ID|HOST:PORT") String node,
      @Option(
              names = "--force",
              description = "The node is lost: make its replicas anew from the others.")
          boolean force,
      @Mixin Patience patience) {
    RemoveNodeRequest request =
        RemoveNodeRequest.newBuilder()
            .setNode(node)
            .setForce(force)
            .setNoWait(patience.none())
            .build();
    return change(stub -> stub.removeNode(request));
  }

  private int change(Function<AdminServiceBlockingStub, Iterator<ChangeProgress>> call) {
    return change(admin(), call);
  }

  /// Begins a change, or joins it, and shows how it goes on.
  static int change(
      AdminCli admin, Function<AdminServiceBlockingStub, Iterator<ChangeProgress>> call) {
    try (Session session = admin.open()) {
      ChangeProgress end = new ChangeWatch(admin.answers()).follow(call.apply(session.patient()));
      admin.answers().show(Documents.moved(end), Texts.moved(end));
      return 0;
    }
  }

  private AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}

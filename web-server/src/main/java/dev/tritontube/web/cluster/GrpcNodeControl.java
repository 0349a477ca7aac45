package dev.tritontube.web.cluster;

import com.google.protobuf.ByteString;
import dev.tritontube.proto.node.v1.AnnounceRequest;
import dev.tritontube.proto.node.v1.ClearMissingRequest;
import dev.tritontube.proto.node.v1.DescribeRequest;
import dev.tritontube.proto.node.v1.DescribeResponse;
import dev.tritontube.proto.node.v1.GetLayoutRequest;
import dev.tritontube.proto.node.v1.InstallLayoutRequest;
import dev.tritontube.proto.node.v1.ListMissingRequest;
import dev.tritontube.proto.node.v1.ListMissingResponse;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.node.v1.PurgeUnownedRequest;
import dev.tritontube.proto.node.v1.SyncArcsProgress;
import dev.tritontube.proto.node.v1.SyncArcsRequest;
import dev.tritontube.proto.reach.Reason;
import dev.tritontube.proto.storage.v1.ArcRange;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The control plane over gRPC.
final class GrpcNodeControl implements NodeControl {
  static final String UNREACHABLE = "UNREACHABLE";

  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration DURABLE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(10);

  /// How long arc-sync may be silent: it says something after each window of arcs, and a source
  /// that does not answer keeps it from that for a while.
  private static final Duration SYNC_SILENCE = Duration.ofSeconds(60);

  /// How long a list may be silent, which the node has in memory.
  private static final Duration LIST_SILENCE = Duration.ofSeconds(5);

  private static final int CLEARED_AT_ONCE = 1000;

  private final Function<String, ManagedChannel> channels;

  /// @param channels the connection for control calls to the node at an address
  GrpcNodeControl(Function<String, ManagedChannel> channels) {
    this.channels = channels;
  }

  @Override
  public NodeDescription describe(String address) throws NodeCallException {
    return call(
        address,
        "describe",
        () -> description(node(address, QUICK).describe(DescribeRequest.getDefaultInstance())));
  }

  @Override
  public void install(String address, Layout layout) throws NodeCallException {
    call(
        address,
        "give the layout of epoch " + layout.epoch() + " to",
        () ->
            node(address, DURABLE)
                .installLayout(
                    InstallLayoutRequest.newBuilder()
                        .setLayout(ByteString.copyFrom(layout.encode()))
                        .build()));
  }

  @Override
  public Optional<Layout> layout(String address) throws NodeCallException {
    try {
      return Optional.of(
          call(
              address,
              "get the layout of",
              () ->
                  Layout.decode(
                      node(address, DURABLE)
                          .getLayout(GetLayoutRequest.getDefaultInstance())
                          .getLayout()
                          .toByteArray())));
    } catch (NodeCallException e) {
      if (e.code().equals(FailureCode.LAYOUT_UNKNOWN.name())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public SyncProgress sync(String address, ArcSet arcs, long epoch, Consumer<SyncProgress> progress)
      throws NodeCallException {
    SyncArcsRequest request =
        SyncArcsRequest.newBuilder().addAllArcs(ranges(arcs)).setEpoch(epoch).build();
    return call(
        address,
        "synchronise " + arcs.size() + " arcs on",
        () -> {
          SyncProgress last = SyncProgress.NONE;
          try (Stream<SyncArcsProgress> stream =
              new Stream<>(
                  NodeServiceGrpc.newBlockingV2Stub(channels.apply(address)).syncArcs(request),
                  SYNC_SILENCE)) {
            for (Optional<SyncArcsProgress> next = stream.next();
                next.isPresent();
                next = stream.next()) {
              last = progress(next.get());
              progress.accept(last);
              if (next.get().getDone()) {
                return last;
              }
            }
          }
          throw Status.UNAVAILABLE.withDescription("the pass broke off").asException();
        });
  }

  @Override
  public void purgeUnowned(String address, long epoch) throws NodeCallException {
    call(
        address,
        "purge what it does not own at epoch " + epoch + " from",
        () ->
            node(address, LONG)
                .purgeUnowned(PurgeUnownedRequest.newBuilder().setEpoch(epoch).build()));
  }

  @Override
  public List<MissingReplica> missing(String address, Optional<NodeId> node, int atMost)
      throws NodeCallException {
    ListMissingRequest request =
        ListMissingRequest.newBuilder().setNodeId(node.map(NodeId::value).orElse("")).build();
    return call(
        address,
        "list what others miss by",
        () -> {
          List<MissingReplica> found = new ArrayList<>();
          try (Stream<ListMissingResponse> stream =
              new Stream<>(
                  NodeServiceGrpc.newBlockingV2Stub(channels.apply(address)).listMissing(request),
                  LIST_SILENCE)) {
            for (Optional<ListMissingResponse> next = stream.next();
                next.isPresent() && found.size() < atMost;
                next = stream.next()) {
              next.get().getReplicasList().stream()
                  .map(GrpcNodeControl::missingReplica)
                  .forEach(found::add);
            }
          }
          return found.size() > atMost ? List.copyOf(found.subList(0, atMost)) : found;
        });
  }

  @Override
  public void clearMissing(String address, Collection<MissingReplica> replicas)
      throws NodeCallException {
    List<MissingReplica> all = List.copyOf(replicas);
    for (int from = 0; from < all.size(); from += CLEARED_AT_ONCE) {
      List<MissingReplica> some = all.subList(from, Math.min(all.size(), from + CLEARED_AT_ONCE));
      ClearMissingRequest.Builder request = ClearMissingRequest.newBuilder();
      some.forEach(replica -> request.addReplicas(message(replica)));
      call(
          address,
          "clear what nobody misses any more from",
          () -> node(address, DURABLE).clearMissing(request.build()));
    }
  }

  @Override
  public boolean holds(String address, BlobKey key, long epoch) throws NodeCallException {
    StatRequest request = StatRequest.newBuilder().setKey(key.value()).setEpoch(epoch).build();
    return call(
        address,
        "look for blob " + key + " on",
        () ->
            BlobServiceGrpc.newBlockingV2Stub(channels.apply(address))
                    .withDeadlineAfter(QUICK)
                    .stat(request)
                    .getState()
                == StatResponse.State.LIVE);
  }

  private NodeServiceGrpc.NodeServiceBlockingV2Stub node(String address, Duration deadline) {
    return NodeServiceGrpc.newBlockingV2Stub(channels.apply(address)).withDeadlineAfter(deadline);
  }

  private <T> T call(String address, String attempt, Call<T> call) throws NodeCallException {
    try {
      return call.run();
    } catch (StatusException e) {
      // Whoever asks about a node that is down asks again soon: do not wait for gRPC's own
      // back-off, which grows to minutes.
      channels.apply(address).resetConnectBackoff();
      Metadata trailers = e.getTrailers();
      String code = trailers == null ? null : trailers.get(Trailers.CODE);
      throw new NodeCallException(
          code == null ? codeOf(e.getStatus()) : code,
          "could not " + attempt + " node " + address + ": " + Reason.of(e.getStatus()),
          e);
    } catch (IllegalArgumentException e) {
      throw new NodeCallException(
          "BAD_ANSWER", "node " + address + " answered nonsense: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeCallException(
          "INTERRUPTED", "interrupted while trying to " + attempt + " node " + address, e);
    }
  }

  private static String codeOf(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> UNREACHABLE;
      default -> status.getCode().name();
    };
  }

  private static List<ArcRange> ranges(ArcSet arcs) {
    return arcs.ranges().stream()
        .map(range -> ArcRange.newBuilder().setFirst(range.first()).setLast(range.last()).build())
        .toList();
  }

  private static NodeDescription description(DescribeResponse node) {
    return new NodeDescription(
        new NodeId(node.getNodeId()),
        Optional.of(node.getClusterId()).filter(id -> !id.isEmpty()),
        node.getZone().isBlank() ? "default" : node.getZone(),
        node.getInstance(),
        node.getEpoch(),
        node.getServing(),
        new NodeDescription.Contents(
            NodeDescription.Disk.valueOf(node.getDisk()),
            node.getCapacityBytes(),
            node.getBlobs(),
            node.getBlobBytes(),
            node.getMissingRecords(),
            node.getHints()),
        node.getAnnouncedList().stream().map(GrpcNodeControl::announcement).toList());
  }

  private static NodeDescription.Announcement announcement(AnnounceRequest announced) {
    return new NodeDescription.Announcement(
        new NodeId(announced.getNodeId()), announced.getClusterId(), announced.getAddress());
  }

  private static SyncProgress progress(SyncArcsProgress message) {
    return new SyncProgress(
        message.getArcsDone(),
        message.getArcsTotal(),
        message.getCopiedBlobs(),
        message.getCopiedBytes(),
        message.getCopiedTombstones(),
        message.getFailed(),
        message.getUnreachableList().stream().map(NodeId::new).collect(Collectors.toSet()));
  }

  private static MissingReplica missingReplica(
      dev.tritontube.proto.node.v1.MissingReplica message) {
    return new MissingReplica(
        new BlobKey(message.getKey()),
        new NodeId(message.getNodeId()),
        message.getHint(),
        message.getRevision());
  }

  private static dev.tritontube.proto.node.v1.MissingReplica message(MissingReplica replica) {
    return dev.tritontube.proto.node.v1.MissingReplica.newBuilder()
        .setKey(replica.key().value())
        .setNodeId(replica.node().value())
        .setHint(replica.hint())
        .setRevision(replica.revision())
        .build();
  }

  /// One call to a node.
  private interface Call<T> {
    T run() throws StatusException, InterruptedException;
  }

  /// A stream that may not be silent for long.
  private record Stream<T>(BlockingClientCall<?, T> call, Duration silence)
      implements AutoCloseable {
    Optional<T> next() throws StatusException, InterruptedException {
      try {
        return Optional.ofNullable(call.read(silence.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        throw Status.DEADLINE_EXCEEDED
            .withDescription("silent for " + silence.toSeconds() + " s")
            .withCause(e)
            .asException();
      }
    }

    @Override
    public void close() {
      call.cancel("read enough", null);
    }
  }
}

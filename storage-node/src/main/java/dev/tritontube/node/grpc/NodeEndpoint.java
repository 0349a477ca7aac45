package dev.tritontube.node.grpc;

import com.google.common.collect.Lists;
import com.google.protobuf.ByteString;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.membership.Installation;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.peers.Announcement;
import dev.tritontube.node.replication.MissingRecord;
import dev.tritontube.node.replication.MissingRecords;
import dev.tritontube.node.replication.Purge;
import dev.tritontube.proto.node.v1.AnnounceRequest;
import dev.tritontube.proto.node.v1.AnnounceResponse;
import dev.tritontube.proto.node.v1.ClearMissingRequest;
import dev.tritontube.proto.node.v1.ClearMissingResponse;
import dev.tritontube.proto.node.v1.DescribeRequest;
import dev.tritontube.proto.node.v1.DescribeResponse;
import dev.tritontube.proto.node.v1.GetLayoutRequest;
import dev.tritontube.proto.node.v1.GetLayoutResponse;
import dev.tritontube.proto.node.v1.InstallLayoutRequest;
import dev.tritontube.proto.node.v1.InstallLayoutResponse;
import dev.tritontube.proto.node.v1.ListMissingRequest;
import dev.tritontube.proto.node.v1.ListMissingResponse;
import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.node.v1.NodeServiceGrpc.NodeServiceImplBase;
import dev.tritontube.proto.node.v1.PurgeUnownedRequest;
import dev.tritontube.proto.node.v1.PurgeUnownedResponse;
import dev.tritontube.proto.node.v1.RecordMissingRequest;
import dev.tritontube.proto.node.v1.RecordMissingResponse;
import dev.tritontube.proto.node.v1.SyncArcsProgress;
import dev.tritontube.proto.node.v1.SyncArcsRequest;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `NodeService`: the control plane. Thread-safe.
final class NodeEndpoint extends NodeServiceImplBase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 256;

  private final Membership membership;
  private final Description description;
  private final EpochGate gate;
  private final MissingRecords missing;
  private final Purge purge;
  private final SyncCalls syncs;
  private final Calls calls;
  private final Admission purges = new Admission("purge", 1);

  NodeEndpoint(
      Membership membership,
      Description description,
      EpochGate gate,
      MissingRecords missing,
      Purge purge,
      SyncCalls syncs,
      Calls calls) {
    this.membership = membership;
    this.description = description;
    this.gate = gate;
    this.missing = missing;
    this.purge = purge;
    this.syncs = syncs;
    this.calls = calls;
  }

  @Override
  public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
    Calls.answer(observer, description::describe);
  }

  @Override
  public void installLayout(
      InstallLayoutRequest request, StreamObserver<InstallLayoutResponse> observer) {
    Calls.answer(observer, () -> install(request));
  }

  private InstallLayoutResponse install(InstallLayoutRequest request) throws IOException {
    return switch (membership.install(request.getLayout().toByteArray())) {
      case Installation.Done(long epoch) ->
          InstallLayoutResponse.newBuilder().setEpoch(epoch).build();
      case Installation.NotALayout(String reason) -> throw Requests.bad(reason);
      case Installation.WrongCluster(String own, String given) ->
          throw Trailers.failure(
              FailureCode.WRONG_CLUSTER,
              "node %s belongs to cluster %s, the layout to %s"
                  .formatted(membership.nodeId(), own, given));
      case Installation.Conflict(long epoch) ->
          throw Trailers.failure(
              FailureCode.LAYOUT_CONFLICT,
              "node %s knows another layout of epoch %d".formatted(membership.nodeId(), epoch));
    };
  }

  @Override
  public void getLayout(GetLayoutRequest request, StreamObserver<GetLayoutResponse> observer) {
    Calls.answer(
        observer,
        () ->
            GetLayoutResponse.newBuilder()
                .setLayout(ByteString.copyFrom(gate.newest().encode()))
                .build());
  }

  @Override
  public void syncArcs(SyncArcsRequest request, StreamObserver<SyncArcsProgress> observer) {
    syncs.sync(request, observer);
  }

  @Override
  public void purgeUnowned(
      PurgeUnownedRequest request, StreamObserver<PurgeUnownedResponse> observer) {
    Calls.answer(observer, () -> purge(request));
  }

  private PurgeUnownedResponse purge(PurgeUnownedRequest request) throws IOException {
    Layout layout = gate.check(request.getEpoch());
    if (layout.joint()) {
      throw Requests.bad("arcs are moving in epoch " + layout.epoch() + ": nothing is purged");
    }
    try (Admission.Permit _ = purges.enter()) {
      Purge.Purged purged = purge.run(layout);
      return PurgeUnownedResponse.newBuilder()
          .setBlobs(purged.blobs())
          .setBytes(purged.bytes())
          .build();
    }
  }

  @Override
  public void recordMissing(
      RecordMissingRequest request, StreamObserver<RecordMissingResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          missing.add(Requests.notes(request.getReplicasList()));
          return RecordMissingResponse.getDefaultInstance();
        });
  }

  @Override
  public void listMissing(
      ListMissingRequest request, StreamObserver<ListMissingResponse> observer) {
    ReadySender<ListMissingResponse> sender =
        new ReadySender<>((ServerCallStreamObserver<ListMissingResponse>) observer, PATIENCE);
    calls.start(observer, () -> list(request, sender));
  }

  private void list(ListMissingRequest request, ReadySender<ListMissingResponse> sender)
      throws InterruptedException {
    Optional<NodeId> node =
        request.getNodeId().isEmpty()
            ? Optional.empty()
            : Optional.of(Requests.node(request.getNodeId()));
    for (List<MissingRecord> page : Lists.partition(missing.list(node), PAGE)) {
      sender.awaitReady();
      sender.send(
          ListMissingResponse.newBuilder()
              .addAllReplicas(page.stream().map(NodeEndpoint::replica).toList())
              .build());
    }
    sender.complete();
  }

  private static MissingReplica replica(MissingRecord record) {
    Note note = record.note();
    return MissingReplica.newBuilder()
        .setKey(note.key().value())
        .setNodeId(note.node().value())
        .setHint(note.kind() == Note.Kind.HINT)
        .setRevision(record.revision())
        .build();
  }

  @Override
  public void clearMissing(
      ClearMissingRequest request, StreamObserver<ClearMissingResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          missing.clear(Requests.records(request.getReplicasList()));
          return ClearMissingResponse.getDefaultInstance();
        });
  }

  @Override
  public void announce(AnnounceRequest request, StreamObserver<AnnounceResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          membership.heard(announcement(request));
          return AnnounceResponse.getDefaultInstance();
        });
  }

  private static Announcement announcement(AnnounceRequest request) {
    try {
      return new Announcement(
          new NodeId(request.getNodeId()), request.getClusterId(), request.getAddress());
    } catch (IllegalArgumentException invalid) {
      throw Requests.bad(String.valueOf(invalid.getMessage()));
    }
  }
}

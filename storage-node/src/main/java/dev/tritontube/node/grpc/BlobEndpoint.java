package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.BlobState;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc.BlobServiceImplBase;
import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.storage.v1.DeleteResponse;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.ListResponse;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;

/// `BlobService`: the data plane. Thread-safe.
final class BlobEndpoint extends BlobServiceImplBase {
  private final NodeBlobs blobs;
  private final EpochGate gate;
  private final PutCalls puts;
  private final GetCalls gets;
  private final ListCalls lists;
  private final Admission admission = new Admission("stat or delete", 512);

  BlobEndpoint(NodeBlobs blobs, EpochGate gate, PutCalls puts, GetCalls gets, ListCalls lists) {
    this.blobs = blobs;
    this.gate = gate;
    this.puts = puts;
    this.gets = gets;
    this.lists = lists;
  }

  /// The service with Put and Get that do not copy.
  ServerServiceDefinition definition() {
    return DataPlane.service(
        bindService(),
        ServerCalls.asyncClientStreamingCall(puts::put),
        ServerCalls.asyncServerStreamingCall(gets::get));
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListResponse> observer) {
    lists.list(request, observer);
  }

  @Override
  public void stat(StatRequest request, StreamObserver<StatResponse> observer) {
    Calls.answer(observer, () -> stat(request));
  }

  private StatResponse stat(StatRequest request) throws IOException {
    BlobKey key = Requests.key(request.getKey());
    try (Admission.Permit _ = admission.enter()) {
      gate.check(request.getEpoch());
      StatResponse.Builder response = StatResponse.newBuilder();
      return switch (blobs.store().stat(key)) {
        case BlobState.Absent _ -> response.setState(StatResponse.State.ABSENT).build();
        case BlobState.Deleted _ -> response.setState(StatResponse.State.DELETED).build();
        case BlobState.Live(long length, int crc32c) ->
            response
                .setState(StatResponse.State.LIVE)
                .setInfo(BlobInfo.newBuilder().setLength(length).setCrc32C(crc32c))
                .build();
      };
    }
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<DeleteResponse> observer) {
    Calls.answer(observer, () -> delete(request));
  }

  private DeleteResponse delete(DeleteRequest request) throws IOException {
    BlobKey key = Requests.key(request.getKey());
    List<Note> notes = Requests.notes(key, request.getMissingOnList(), request.getHintFor());
    try (Admission.Permit _ = admission.enter()) {
      boolean wasLive =
          gate.write(
              request.getEpoch(),
              layout -> {
                checkConcerned(layout, key, request);
                return blobs.delete(key, request.getEpoch(), notes);
              });
      return DeleteResponse.newBuilder().setWasLive(wasLive).build();
    }
  }

  /// A node that neither owns the arc nor holds the blob has no use for the tombstone.
  private void checkConcerned(Layout layout, BlobKey key, DeleteRequest request)
      throws IOException {
    boolean concerned =
        !request.getHintFor().isEmpty()
            || gate.owns(layout, key)
            || blobs.store().stat(key) instanceof BlobState.Live;
    if (!concerned) {
      throw Requests.bad("this node does not own " + key + " by epoch " + layout.epoch());
    }
  }
}

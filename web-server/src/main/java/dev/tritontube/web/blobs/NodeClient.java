package dev.tritontube.web.blobs;

import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.node.v1.RecordMissingRequest;
import dev.tritontube.proto.node.v1.RecordMissingResponse;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.storage.v1.DeleteResponse;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.ListResponse;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.ring.LayoutNode;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Blocking calls to one node at a time. Every call is timed, and tells the node's health how it
/// went. Thread-safe.
final class NodeClient {
  /// The body of a call.
  private interface Call<T> {
    T run() throws InterruptedException;
  }

  private final NodeChannels channels;
  private final NodeHealth health;
  private final RingMetrics metrics;

  NodeClient(NodeChannels channels, NodeHealth health, RingMetrics metrics) {
    this.channels = channels;
    this.health = health;
    this.metrics = metrics;
  }

  /// @param data read until this returns or throws, never after
  PutResponse put(LayoutNode node, PutHeader header, ByteBuffer data, Deadline deadline)
      throws NodeException, InterruptedException {
    return observed(
        node,
        "put",
        () ->
            BlobUpload.send(
                foreground(node), CallOptions.DEFAULT.withDeadline(deadline), header, data));
  }

  DeleteResponse delete(LayoutNode node, DeleteRequest request, Deadline deadline)
      throws NodeException, InterruptedException {
    return unary(
        foreground(node), node, "delete", BlobServiceGrpc.getDeleteMethod(), request, deadline);
  }

  StatResponse stat(LayoutNode node, StatRequest request, Deadline deadline)
      throws NodeException, InterruptedException {
    return unary(
        foreground(node), node, "stat", BlobServiceGrpc.getStatMethod(), request, deadline);
  }

  /// Has the node put it durably on record that others lack a blob or a tombstone.
  RecordMissingResponse recordMissing(
      LayoutNode node, List<MissingReplica> lacking, Deadline deadline)
      throws NodeException, InterruptedException {
    RecordMissingRequest request =
        RecordMissingRequest.newBuilder().addAllReplicas(lacking).build();
    return unary(
        channels.control(node.address()),
        node,
        "record_missing",
        NodeServiceGrpc.getRecordMissingMethod(),
        request,
        deadline);
  }

  /// Opens a blob and waits for its first message.
  ///
  /// @param patience how long the node may take for this and for each later message
  ReplicaStream open(LayoutNode node, GetRequest request, Duration patience)
      throws NodeException, InterruptedException {
    NodeVitals vitals = health.vitals(node.id());
    ReplicaStream stream = new ReplicaStream(node, vitals, patience, metrics);
    stream.start(foreground(node), request);
    return stream;
  }

  /// Lists what the node holds, until all was told or the deadline passed.
  void list(LayoutNode node, ListRequest request, Deadline deadline, Consumer<ListEntry> sink)
      throws NodeException, InterruptedException {
    observed(
        node,
        "list",
        () -> {
          Iterator<ListResponse> pages =
              ClientCalls.blockingServerStreamingCall(
                  channels.background(node.address()),
                  BlobServiceGrpc.getListMethod(),
                  CallOptions.DEFAULT.withDeadline(deadline),
                  request);
          pages.forEachRemaining(page -> page.getEntriesList().forEach(sink));
          return true;
        });
  }

  private Channel foreground(LayoutNode node) {
    return channels.foreground(node.address());
  }

  private <Q, A> A unary(
      Channel channel,
      LayoutNode node,
      String name,
      MethodDescriptor<Q, A> method,
      Q request,
      Deadline deadline)
      throws NodeException, InterruptedException {
    CallOptions options = CallOptions.DEFAULT.withDeadline(deadline);
    return observed(
        node, name, () -> ClientCalls.blockingUnaryCall(channel, method, options, request));
  }

  private <T> T observed(LayoutNode node, String name, Call<T> call)
      throws NodeException, InterruptedException {
    NodeVitals vitals = health.vitals(node.id());
    CallRecord record = new CallRecord(name, vitals, metrics);
    vitals.callBegan();
    try {
      T answer = call.run();
      record.succeeded();
      return answer;
    } catch (StatusRuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException(name + " was interrupted");
      }
      throw record.failed(node, failure);
    } finally {
      vitals.callEnded();
    }
  }

  /// Tells health and metrics how one call went.
  static final class CallRecord {
    private final String name;
    private final NodeVitals vitals;
    private final RingMetrics metrics;
    private final long begunAt = System.nanoTime();

    CallRecord(String name, NodeVitals vitals, RingMetrics metrics) {
      this.name = name;
      this.vitals = vitals;
      this.metrics = metrics;
    }

    long nanos() {
      return System.nanoTime() - begunAt;
    }

    void succeeded() {
      vitals.callSucceeded();
      metrics.call(name, "ok", nanos());
    }

    /// @return what to throw
    NodeException failed(LayoutNode node, StatusRuntimeException failure) {
      NodeException told = NodeException.of(node, name, failure);
      if (told.code().isEmpty()) {
        vitals.callFailed(told.unreachable(), String.valueOf(told.getMessage()));
      } else {
        vitals.callSucceeded();
      }
      metrics.call(name, told.code().map(Enum::name).orElse("unreachable"), nanos());
      return told;
    }
  }
}

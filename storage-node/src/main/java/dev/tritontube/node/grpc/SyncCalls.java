package dev.tritontube.node.grpc;

import dev.tritontube.node.peers.BytesPerSecond;
import dev.tritontube.node.replication.ArcSync;
import dev.tritontube.node.replication.SyncReport;
import dev.tritontube.proto.node.v1.SyncArcsProgress;
import dev.tritontube.proto.node.v1.SyncArcsRequest;
import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `SyncArcs`: runs an arc-sync for as long as its caller listens. Thread-safe.
final class SyncCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 4;

  private final ArcSync arcSync;
  private final EpochGate gate;
  private final Calls calls;
  private final Admission admission = new Admission("arc-sync", AT_ONCE);

  SyncCalls(ArcSync arcSync, EpochGate gate, Calls calls) {
    this.arcSync = arcSync;
    this.gate = gate;
    this.calls = calls;
  }

  void sync(SyncArcsRequest request, StreamObserver<SyncArcsProgress> observer) {
    ServerCallStreamObserver<SyncArcsProgress> call =
        (ServerCallStreamObserver<SyncArcsProgress>) observer;
    ReadySender<SyncArcsProgress> sender = new ReadySender<>(call, PATIENCE);
    AtomicReference<@Nullable Future<?>> work = new AtomicReference<>();
    call.setOnCancelHandler(() -> interrupt(work.get()));
    work.set(calls.start(observer, () -> run(request, sender)));
  }

  private static void interrupt(@Nullable Future<?> work) {
    if (work != null) {
      work.cancel(true);
    }
  }

  private void run(SyncArcsRequest request, ReadySender<SyncArcsProgress> sender)
      throws IOException, InterruptedException {
    try (Admission.Permit _ = admission.enter()) {
      Layout layout = gate.check(request.getEpoch());
      ArcSet arcs = Requests.arcs(request.getArcsList(), layout.arcs());
      ArcSync.Request work =
          new ArcSync.Request(arcs, layout, BytesPerSecond.of(request.getBytesPerSecond()));
      SyncReport report = arcSync.run(work, progress -> tell(progress, sender));
      sender.awaitReady();
      sender.send(message(report).setDone(true).build());
    }
    sender.complete();
  }

  /// Progress that the caller does not take just now is passed over: the next one says more.
  private static void tell(SyncReport progress, ReadySender<SyncArcsProgress> sender) {
    if (sender.observer().isReady()) {
      sender.send(message(progress).build());
    }
  }

  private static SyncArcsProgress.Builder message(SyncReport report) {
    return SyncArcsProgress.newBuilder()
        .setArcsDone(report.arcsDone())
        .setArcsTotal(report.arcsTotal())
        .setCopiedBlobs(report.copiedBlobs())
        .setCopiedBytes(report.copiedBytes())
        .setCopiedTombstones(report.copiedTombstones())
        .setFailed(report.failed())
        .addAllUnreachable(report.unreachable().stream().map(NodeId::value).sorted().toList());
  }
}

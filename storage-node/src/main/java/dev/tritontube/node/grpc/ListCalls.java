package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.HashRange;
import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.ListResponse;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.ArcRange;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `List`: hands out what is held in some arcs, in pages, no faster than the caller takes them.
/// Thread-safe.
final class ListCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 32;
  private static final int PAGE = 256;

  private final BlobStore store;
  private final EpochGate gate;
  private final Calls calls;
  private final Admission admission = new Admission("list", AT_ONCE);

  ListCalls(BlobStore store, EpochGate gate, Calls calls) {
    this.store = store;
    this.gate = gate;
    this.calls = calls;
  }

  void list(ListRequest request, StreamObserver<ListResponse> observer) {
    ReadySender<ListResponse> sender =
        new ReadySender<>((ServerCallStreamObserver<ListResponse>) observer, PATIENCE);
    calls.start(observer, () -> serve(request, sender));
  }

  private void serve(ListRequest request, ReadySender<ListResponse> sender) throws IOException {
    try (Admission.Permit _ = admission.enter()) {
      if (!request.getBackground()) {
        gate.check(request.getEpoch());
      }
      Pages pages = new Pages(request.getPrefix(), sender);
      for (HashRange range : ranges(request)) {
        store.list(range, request.getIncludeTombstones(), pages::add);
      }
      pages.flush();
    }
    sender.complete();
  }

  private List<HashRange> ranges(ListRequest request) {
    if (request.getArcsCount() == 0) {
      return List.of(HashRange.ALL);
    }
    int arcBits = gate.newest().arcBits();
    List<HashRange> ranges = new ArrayList<>();
    for (ArcRange range : Requests.arcs(request.getArcsList(), 1 << arcBits).ranges()) {
      ranges.add(HashRange.ofArcs(range.first(), range.last(), arcBits));
    }
    return ranges;
  }

  /// Collects entries and sends them page by page, on the thread that lists.
  private static final class Pages {
    private final String prefix;
    private final ReadySender<ListResponse> sender;
    private ListResponse.Builder page = ListResponse.newBuilder();

    Pages(String prefix, ReadySender<ListResponse> sender) {
      this.prefix = prefix;
      this.sender = sender;
    }

    void add(ListedBlob blob) {
      if (!blob.key().value().startsWith(prefix)) {
        return;
      }
      page.addEntries(
          ListEntry.newBuilder()
              .setKey(blob.key().value())
              .setLength(blob.length())
              .setCrc32C(blob.crc32c())
              .setTombstone(blob.tombstone()));
      if (page.getEntriesCount() == PAGE) {
        flush();
      }
    }

    void flush() {
      if (page.getEntriesCount() == 0) {
        return;
      }
      try {
        sender.awaitReady();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw Trailers.failure(FailureCode.BUSY, "this node is stopping");
      }
      sender.send(page.build());
      page = ListResponse.newBuilder();
    }
  }
}

package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.BlobReader;
import dev.tritontube.node.engine.BlobState;
import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.CorruptBlobException;
import dev.tritontube.node.replication.ReadRepair;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.GetMessage;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// `Get`: reads a blob chunk by chunk, no faster than the caller takes it. Thread-safe.
final class GetCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FOREGROUND = 512;
  private static final int BACKGROUND = 32;

  /// Reads are fastest from a multiple of what one checksum covers.
  private static final int ALIGNMENT = 64 << 10;

  private final BlobStore store;
  private final EpochGate gate;
  private final ReadRepair repair;
  private final ChunkPool chunks;
  private final Calls calls;
  private final Admission foreground = new Admission("get", FOREGROUND);
  private final Admission background = new Admission("background get", BACKGROUND);

  GetCalls(BlobStore store, EpochGate gate, ReadRepair repair, ChunkPool chunks, Calls calls) {
    this.store = store;
    this.gate = gate;
    this.repair = repair;
    this.chunks = chunks;
    this.calls = calls;
  }

  void get(GetRequest request, StreamObserver<GetMessage> observer) {
    ReadySender<GetMessage> sender =
        new ReadySender<>((ServerCallStreamObserver<GetMessage>) observer, PATIENCE);
    calls.start(observer, () -> serve(request, sender));
  }

  private void serve(GetRequest request, ReadySender<GetMessage> sender)
      throws IOException, InterruptedException {
    BlobKey key = Requests.key(request.getKey());
    try (Admission.Permit _ = admission(request).enter()) {
      if (!request.getBackground()) {
        gate.check(request.getEpoch());
      }
      send(key, request, sender);
    } catch (CorruptBlobException corrupt) {
      repair.corrupt(key);
      throw corrupt;
    }
    sender.complete();
  }

  private Admission admission(GetRequest request) {
    return request.getBackground() ? background : foreground;
  }

  private void send(BlobKey key, GetRequest request, ReadySender<GetMessage> sender)
      throws IOException, InterruptedException {
    Optional<BlobReader> opened = store.open(key);
    if (opened.isEmpty()) {
      throw absent(key);
    }
    try (BlobReader reader = opened.get()) {
      send(key, reader, request, sender);
    }
  }

  private RuntimeException absent(BlobKey key) throws IOException {
    return switch (store.stat(key)) {
      case BlobState.Deleted _ -> Trailers.failure(FailureCode.KEY_DELETED, key + " was deleted");
      case BlobState.Absent _, BlobState.Live _ ->
          Trailers.failure(FailureCode.NOT_FOUND, key + " is not here");
    };
  }

  private void send(
      BlobKey key, BlobReader reader, GetRequest request, ReadySender<GetMessage> sender)
      throws IOException, InterruptedException {
    long offset = request.getOffset();
    if (offset < 0 || offset > reader.length()) {
      throw Requests.bad(key + " has " + reader.length() + " bytes, none at " + offset);
    }
    long left = reader.length() - offset;
    long end = offset + (request.getLength() > 0 ? Math.min(request.getLength(), left) : left);
    Optional<BlobInfo> info =
        Optional.of(
            BlobInfo.newBuilder().setLength(reader.length()).setCrc32C(reader.crc32c()).build());
    do {
      sender.awaitReady();
      offset += sendChunk(reader, offset, end, info, sender);
      info = Optional.empty();
    } while (offset < end);
  }

  private int sendChunk(
      BlobReader reader,
      long offset,
      long end,
      Optional<BlobInfo> info,
      ReadySender<GetMessage> sender)
      throws IOException, InterruptedException {
    ByteBuffer chunk = chunks.lease();
    Runnable giveBack = () -> chunks.giveBack(chunk);
    try {
      int wanted = (int) Math.min(end - offset, DataPlane.CHUNK_BYTES - offset % ALIGNMENT);
      int read = reader.read(offset, chunk.limit(wanted));
      GetMessage message = GetMessage.of(info, chunk.flip(), giveBack);
      giveBack = message::close;
      sender.send(message);
      return read;
    } catch (IOException | RuntimeException failure) {
      giveBack.run();
      throw failure;
    }
  }
}

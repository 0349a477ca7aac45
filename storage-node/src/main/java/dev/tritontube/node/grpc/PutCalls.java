package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.engine.PutOutcome;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.PutMessage;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `Put`: receives a blob whole, checks it, and answers when it is durable. Room for all of it is
/// reserved before more than the first message is asked for. Thread-safe.
final class PutCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 128;

  private final NodeBlobs blobs;
  private final EpochGate gate;
  private final Calls calls;
  private final Admission admission = new Admission("put", AT_ONCE);

  PutCalls(NodeBlobs blobs, EpochGate gate, Calls calls) {
    this.blobs = blobs;
    this.gate = gate;
    this.calls = calls;
  }

  StreamObserver<PutMessage> put(StreamObserver<PutResponse> observer) {
    ServerCallStreamObserver<PutResponse> call = (ServerCallStreamObserver<PutResponse>) observer;
    Inbox inbox = new Inbox(PATIENCE);
    call.disableAutoRequest();
    call.setOnCancelHandler(inbox::cancelled);
    calls.start(observer, () -> serve(call, inbox));
    return new Receiver(inbox);
  }

  private record Receiver(Inbox inbox) implements StreamObserver<PutMessage> {
    @Override
    public void onNext(PutMessage message) {
      inbox.arrived(message);
    }

    @Override
    public void onError(Throwable gone) {
      inbox.cancelled();
    }

    @Override
    public void onCompleted() {
      inbox.ended();
    }
  }

  private void serve(ServerCallStreamObserver<PutResponse> call, Inbox inbox)
      throws IOException, InterruptedException {
    PutOutcome outcome;
    BlobKey key;
    try (inbox;
        Admission.Permit _ = admission.enter()) {
      call.request(1);
      try (PutMessage first = present(inbox.next())) {
        PutHeader header = first.header().orElseThrow(() -> Requests.bad("a put without header"));
        key = Requests.key(header.getKey());
        outcome = receive(key, header, first, call, inbox);
      }
    }
    answer(call, key, outcome);
  }

  private static PutMessage present(@Nullable PutMessage message) {
    if (message == null) {
      throw Requests.bad("a put without messages");
    }
    return message;
  }

  private PutOutcome receive(
      BlobKey key,
      PutHeader header,
      PutMessage first,
      ServerCallStreamObserver<PutResponse> call,
      Inbox inbox)
      throws IOException, InterruptedException {
    List<Note> notes = Requests.notes(key, header.getMissingOnList(), header.getHintFor());
    checkOwner(gate.check(header.getEpoch()), key, header);
    checkLength(key, header);
    try (PayloadBuilder builder = blobs.store().buffers().receive(header.getLength())) {
      append(key, first, builder);
      call.request(Inbox.REQUESTED);
      receiveRest(key, builder, call, inbox);
      try (Payload payload = verified(key, header, builder)) {
        PutCommand command = new PutCommand(key, header.getEpoch(), payload, notes);
        return gate.write(header.getEpoch(), _ -> blobs.put(command));
      }
    }
  }

  private void checkOwner(Layout layout, BlobKey key, PutHeader header) {
    if (header.getHintFor().isEmpty() && !gate.owns(layout, key)) {
      throw Requests.bad("this node does not own " + key + " by epoch " + layout.epoch());
    }
  }

  private static void checkLength(BlobKey key, PutHeader header) {
    if (header.getLength() < 0 || header.getLength() > BlobStore.MAX_BLOB_BYTES) {
      throw Requests.bad(
          "%s has %s bytes, at most %d are allowed"
              .formatted(key, Long.toUnsignedString(header.getLength()), BlobStore.MAX_BLOB_BYTES));
    }
  }

  private static void receiveRest(
      BlobKey key, PayloadBuilder builder, ServerCallStreamObserver<PutResponse> call, Inbox inbox)
      throws InterruptedException {
    while (true) {
      try (PutMessage message = inbox.next()) {
        if (message == null) {
          return;
        }
        append(key, message, builder);
      }
      call.request(1);
    }
  }

  private static void append(BlobKey key, PutMessage message, PayloadBuilder builder) {
    if (message.dataBytes() > builder.remaining()) {
      throw mismatch(key + " has more bytes than its header says");
    }
    for (ByteBuffer piece : message.data()) {
      builder.append(piece);
    }
  }

  private static Payload verified(BlobKey key, PutHeader header, PayloadBuilder builder) {
    if (builder.remaining() > 0) {
      throw mismatch(key + " came without its last " + builder.remaining() + " bytes");
    }
    Payload payload = builder.finish();
    if (payload.crc32c() != header.getCrc32C()) {
      payload.close();
      throw mismatch(
          "%s came with checksum %08x instead of %08x"
              .formatted(key, payload.crc32c(), header.getCrc32C()));
    }
    return payload;
  }

  private static RuntimeException mismatch(String what) {
    return Trailers.failure(FailureCode.CHECKSUM_MISMATCH, what);
  }

  private static void answer(
      StreamObserver<PutResponse> observer, BlobKey key, PutOutcome outcome) {
    boolean already =
        switch (outcome) {
          case STORED -> false;
          case ALREADY_STORED -> true;
          case DIFFERENT_BYTES ->
              throw Trailers.failure(FailureCode.DIFFERENT_BYTES, key + " holds other bytes");
          case KEY_DELETED -> throw Trailers.failure(FailureCode.KEY_DELETED, key + " was deleted");
        };
    observer.onNext(PutResponse.newBuilder().setAlreadyStored(already).build());
    observer.onCompleted();
  }
}

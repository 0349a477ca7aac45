package dev.tritontube.proto.wire;

import dev.tritontube.proto.storage.v1.PutHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `PutRequest` whose data is not copied. The first of a call has the header.
public final class PutMessage extends DataMessage<PutHeader> {
  PutMessage(@Nullable PutHeader header, List<ByteBuffer> data, Runnable release) {
    super(header, data, release);
  }

  /// The first message of a call.
  ///
  /// @param data from position to limit; must not change until the call is over
  public static PutMessage first(PutHeader header, ByteBuffer data) {
    return new PutMessage(header, List.of(data.slice()), () -> {});
  }

  /// Any later message of a call.
  ///
  /// @param data from position to limit; must not change until the call is over
  public static PutMessage more(ByteBuffer data) {
    return new PutMessage(null, List.of(data.slice()), () -> {});
  }

  public Optional<PutHeader> header() {
    return head();
  }
}

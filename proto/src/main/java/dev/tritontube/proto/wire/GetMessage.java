package dev.tritontube.proto.wire;

import dev.tritontube.proto.storage.v1.BlobInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `GetResponse` whose data is not copied. The first of a call has the info.
public final class GetMessage extends DataMessage<BlobInfo> {
  GetMessage(@Nullable BlobInfo info, List<ByteBuffer> data, Runnable release) {
    super(info, data, release);
  }

  /// A message to send.
  ///
  /// @param data from position to limit; belongs to the message until `release` runs
  /// @param release runs once, when the bytes have been taken or will never be
  public static GetMessage of(Optional<BlobInfo> info, ByteBuffer data, Runnable release) {
    return new GetMessage(info.orElse(null), List.of(data.slice()), release);
  }

  public Optional<BlobInfo> info() {
    return head();
  }
}

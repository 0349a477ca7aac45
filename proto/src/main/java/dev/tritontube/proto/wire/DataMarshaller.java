package dev.tritontube.proto.wire;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads data messages as protobuf without copying their data.
final class DataMarshaller<H extends MessageLite, M extends DataMessage<H>>
    implements Marshaller<M> {
  /// Makes a message of what was read.
  interface Factory<H, M> {
    M create(@Nullable H head, List<ByteBuffer> data, Runnable release);
  }

  private final H emptyHead;
  private final Factory<H, M> factory;

  DataMarshaller(H emptyHead, Factory<H, M> factory) {
    this.emptyHead = emptyHead;
    this.factory = factory;
  }

  @Override
  public InputStream stream(M message) {
    return new DataMessageStream(message);
  }

  @Override
  public M parse(InputStream stream) {
    try {
      DetachedInput input = DetachedInput.of(stream);
      try {
        return parse(input);
      } catch (IOException | RuntimeException failure) {
        input.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw Status.INTERNAL
          .withDescription("not a data message: " + failure.getMessage())
          .withCause(failure)
          .asRuntimeException();
    }
  }

  private M parse(DetachedInput input) throws IOException {
    DataMessageParser<H> parser = new DataMessageParser<>(emptyHead, input);
    parser.parse();
    return factory.create(parser.head(), parser.data(), input::close);
  }
}

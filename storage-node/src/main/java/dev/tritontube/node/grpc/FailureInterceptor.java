package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.CorruptBlobException;
import dev.tritontube.node.engine.DiskFailedException;
import dev.tritontube.node.engine.DiskFullException;
import dev.tritontube.node.engine.StoreBusyException;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InterruptedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what the store throws into the statuses and codes of the contract. What has no code is a
/// fault of this program: it is logged here and told as INTERNAL.
final class FailureInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(FailureInterceptor.class);

  @Override
  public <Q, P> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
    return next.startCall(new MappingCall<>(call), headers);
  }

  private static final class MappingCall<Q, P> extends SimpleForwardingServerCall<Q, P> {
    MappingCall(ServerCall<Q, P> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      Throwable cause = status.getCause();
      if (status.getCode() != Status.Code.UNKNOWN || cause == null) {
        super.close(status, trailers);
        return;
      }
      StatusRuntimeException mapped = map(cause, getMethodDescriptor().getFullMethodName());
      Metadata mappedTrailers = mapped.getTrailers();
      super.close(mapped.getStatus(), mappedTrailers == null ? new Metadata() : mappedTrailers);
    }
  }

  private static StatusRuntimeException map(Throwable failure, String method) {
    return switch (failure) {
      case StatusRuntimeException status -> status;
      case DiskFullException full -> coded(FailureCode.DISK_FULL, full);
      case DiskFailedException failed -> coded(FailureCode.DISK_FAILED, failed);
      case CorruptBlobException corrupt -> coded(FailureCode.CORRUPT, corrupt);
      case StoreBusyException busy -> coded(FailureCode.BUSY, busy);
      case InterruptedException _, InterruptedIOException _ ->
          Trailers.failure(FailureCode.BUSY, "this node is stopping");
      default -> {
        LOG.error("{} failed", method, failure);
        yield Status.INTERNAL
            .withDescription("the node failed in " + method + "; its log says why")
            .asRuntimeException();
      }
    };
  }

  private static StatusRuntimeException coded(FailureCode code, Exception failure) {
    return Trailers.failure(code, String.valueOf(failure.getMessage()));
  }
}

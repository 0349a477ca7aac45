package dev.tritontube.web.admin;

import dev.tritontube.web.admin.Door.Acts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has each call that changes something written down once it is granted: at its first answer, for
/// who began a change need not stay to see its end.
final class CallAudit implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(CallAudit.class);

  /// All other methods only look.
  private static final Set<String> CHANGING =
      Set.of(
          "AddNode",
          "DrainNode",
          "RemoveNode",
          "RetryJob",
          "RetryDeadJobs",
          "CancelJob",
          "DiscardJob",
          "DiscardDeadJobs",
          "EncodeVideo",
          "CreateBackup");

  private final Acts acts;

  CallAudit(Acts acts) {
    this.acts = acts;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    if (!CHANGING.contains(method)) {
      return next.startCall(call, headers);
    }
    Watched<Q, A> watched = new Watched<>(call, method);
    return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
      @Override
      public void onMessage(Q message) {
        watched.asked = message;
        super.onMessage(message);
      }
    };
  }

  /// For one call, whose answers come one after the other.
  private final class Watched<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final String method;
    private volatile @Nullable Q asked;
    private boolean told;

    private Watched(ServerCall<Q, A> call, String method) {
      super(call);
      this.method = method;
    }

    @Override
    public void sendMessage(A message) {
      tell();
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        tell();
      }
      super.close(status, trailers);
    }

    /// What is done is done: that it cannot be written down does not fail it.
    private void tell() {
      if (told) {
        return;
      }
      told = true;
      try {
        acts.done(method, String.valueOf(asked).strip().replaceAll("\\s+", " "));
      } catch (RuntimeException e) {
        LOG.error("{} could not be written down in the audit log", method, e);
      }
    }
  }
}

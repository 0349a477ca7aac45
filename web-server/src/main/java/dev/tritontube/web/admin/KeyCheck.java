package dev.tritontube.web.admin;

import dev.tritontube.proto.wire.Trailers;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/// Lets in only calls of the administrator's service that carry the key. The health service is
/// open.
final class KeyCheck implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String OPEN_SERVICE = "grpc.health.v1.Health";

  private final AdminKey key;

  KeyCheck(AdminKey key) {
    this.key = key;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (OPEN_SERVICE.equals(call.getMethodDescriptor().getServiceName())
        || key.opens(headers.get(AUTHORIZATION))) {
      return next.startCall(call, headers);
    }
    Metadata trailers = new Metadata();
    trailers.put(Trailers.CODE, "unauthenticated");
    call.close(
        Status.UNAUTHENTICATED.withDescription("the administrator's key is missing or wrong"),
        trailers);
    return new ServerCall.Listener<>() {};
  }
}

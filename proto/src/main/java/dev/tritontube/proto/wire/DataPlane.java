package dev.tritontube.proto.wire;

import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;

/// `BlobService.Put` and `BlobService.Get` without copies: the generated methods with marshallers
/// that leave the data in its buffers. The bytes on the wire are those of the generated classes.
public final class DataPlane {
  /// The data of one message: large enough to amortise the cost of a message, small enough for one
  /// of grpc-netty's outbound buffers.
  public static final int CHUNK_BYTES = 256 * 1024;

  /// What a server or channel must accept of one message (`maxInboundMessageSize`): a chunk with
  /// its header, and the layouts and lists of the control plane.
  public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  public static final MethodDescriptor<PutMessage, PutResponse> PUT =
      BlobServiceGrpc.getPutMethod().toBuilder(
              new DataMarshaller<>(PutHeader.getDefaultInstance(), PutMessage::new),
              BlobServiceGrpc.getPutMethod().getResponseMarshaller())
          .build();

  public static final MethodDescriptor<GetRequest, GetMessage> GET =
      BlobServiceGrpc.getGetMethod().toBuilder(
              BlobServiceGrpc.getGetMethod().getRequestMarshaller(),
              new DataMarshaller<>(BlobInfo.getDefaultInstance(), GetMessage::new))
          .build();

  private DataPlane() {}

  /// The blob service with its two data methods replaced.
  ///
  /// @param generated the service as its generated base class binds it
  public static ServerServiceDefinition service(
      ServerServiceDefinition generated,
      ServerCallHandler<PutMessage, PutResponse> put,
      ServerCallHandler<GetRequest, GetMessage> get) {
    ServiceDescriptor stock = generated.getServiceDescriptor();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(stock.getName())
            .setSchemaDescriptor(stock.getSchemaDescriptor())
            .addMethod(PUT)
            .addMethod(GET);
    generated.getMethods().stream()
        .filter(method -> !isData(method))
        .forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(descriptor.build()).addMethod(PUT, put).addMethod(GET, get);
    generated.getMethods().stream().filter(method -> !isData(method)).forEach(service::addMethod);
    return service.build();
  }

  private static boolean isData(ServerMethodDefinition<?, ?> method) {
    String name = method.getMethodDescriptor().getFullMethodName();
    return name.equals(PUT.getFullMethodName()) || name.equals(GET.getFullMethodName());
  }
}

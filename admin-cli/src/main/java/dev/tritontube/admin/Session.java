package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.AdminServiceGrpc;
import dev.tritontube.proto.admin.v1.BackupServiceGrpc;
import dev.tritontube.proto.admin.v1.JobServiceGrpc;
import dev.tritontube.proto.reach.HostPort;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/// A connection to one web server, with the key.
record Session(ManagedChannel channel, Metadata headers) implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int QUICK_SECONDS = 20;

  /// All dead ones of a large catalog take a while.
  private static final int JOBS_SECONDS = 120;

  static Session open(String server, String key) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + key);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address(server).target())
            .usePlaintext()
            .keepAliveTime(20, TimeUnit.SECONDS)
            .build();
    return new Session(channel, headers);
  }

  /// @throws UsageException when it is none
  static HostPort address(String server) {
    try {
      return HostPort.parse(server);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--server is HOST:PORT, not '" + server + "'", e);
    }
  }

  /// For calls that answer at once.
  AdminServiceGrpc.AdminServiceBlockingStub quick() {
    return patient().withDeadlineAfter(QUICK_SECONDS, TimeUnit.SECONDS);
  }

  /// For calls that take as long as a change does.
  AdminServiceGrpc.AdminServiceBlockingStub patient() {
    return AdminServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /// For calls about jobs.
  JobServiceGrpc.JobServiceBlockingStub jobs() {
    return JobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(JOBS_SECONDS, TimeUnit.SECONDS);
  }

  /// For calls about copies of the catalog, which take as long as that is large.
  BackupServiceGrpc.BackupServiceBlockingStub backups() {
    return BackupServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

package dev.tritontube.web.admin;

import dev.tritontube.web.backups.BackupDesk;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.steering.Steering;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The administrator's gRPC server: the admin and the job service behind the key, and the health
/// service.
public final class AdminServer implements AutoCloseable {
  private static final int CLOSING_SECONDS = 2;

  private final Server server;
  private final ExecutorService calls;
  private final HealthStatusManager health;

  private AdminServer(Server server, ExecutorService calls, HealthStatusManager health) {
    this.server = server;
    this.calls = calls;
    this.health = health;
  }

  /// @param address port 0: any free one
  /// @throws IOException when the port is taken
  public static AdminServer start(
      InetSocketAddress address, Door door, Steering steering, Jobs jobs, BackupDesk backups)
      throws IOException {
    return start(
        address,
        door,
        List.of(new AdminService(steering), new JobService(jobs), new BackupService(backups)));
  }

  /// Of a web server whose catalog is to be restored.
  public static AdminServer start(InetSocketAddress address, Door door, BackupDesk backups)
      throws IOException {
    return start(address, door, List.of(new BackupService(backups)));
  }

  private static AdminServer start(
      InetSocketAddress address, Door door, List<BindableService> services) throws IOException {
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .executor(calls)
            // The last one is asked first.
            .intercept(new CallAudit(door.acts()))
            .intercept(new KeyCheck(door.key()))
            .addService(health.getHealthService());
    services.forEach(builder::addService);
    Server server = builder.build();
    try {
      return new AdminServer(server.start(), calls, health);
    } catch (IOException e) {
      calls.shutdown();
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  /// Ends watching calls; the changes that they watch go on.
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException _) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
  }
}

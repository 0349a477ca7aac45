package dev.tritontube.node;

import dev.tritontube.node.engine.StoreOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// How a storage node runs.
///
/// @param host to listen on, and under which others reach this node
/// @param port of gRPC; 0 = any free one
/// @param capacityBytes what the blobs may use at most
/// @param volumeBytes size of a volume file
/// @param receiveBytes memory in which blobs are received
/// @param metricsPort of Prometheus metrics over HTTP; 0 = none
/// @param portFile gets the gRPC port once it is bound
public record NodeConfig(
    String host,
    int port,
    Path data,
    String zone,
    long capacityBytes,
    long volumeBytes,
    long receiveBytes,
    int metricsPort,
    Optional<Path> portFile) {
  public NodeConfig {
    checkPort(port);
    checkPort(metricsPort);
    if (host.isBlank() || zone.isBlank()) {
      throw new IllegalArgumentException("host and zone must not be empty");
    }
    storeOptions(capacityBytes, volumeBytes, receiveBytes);
  }

  StoreOptions storeOptions() {
    return storeOptions(capacityBytes, volumeBytes, receiveBytes);
  }

  private static StoreOptions storeOptions(
      long capacityBytes, long volumeBytes, long receiveBytes) {
    return StoreOptions.DEFAULTS
        .withVolumeBytes(volumeBytes)
        .withCapacityBytes(capacityBytes)
        .withBufferBytes(receiveBytes);
  }

  private static void checkPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }

  /// @throws IOException when the host has no address
  InetSocketAddress listenAddress() throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the host " + host + " has no address");
    }
    return address;
  }
}

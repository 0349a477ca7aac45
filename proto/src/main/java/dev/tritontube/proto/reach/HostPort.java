package dev.tritontube.proto.reach;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a program listens: `host:port`, with an IPv6 address in brackets.
///
/// @param host a name or an address, without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65535;

  public HostPort {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "an address is HOST:PORT, not '" + host + ":" + port + "'");
    }
  }

  /// @throws IllegalArgumentException when it is not `host:port`
  public static HostPort parse(String text) {
    try {
      URI uri = new URI("//" + text).parseServerAuthority();
      if (uri.getHost() != null && (uri.getHost() + ":" + uri.getPort()).equals(text)) {
        return new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
      }
    } catch (URISyntaxException _) {
      // Said below, as of everything else that it is not.
    }
    throw new IllegalArgumentException("an address is HOST:PORT, not '" + text + "'");
  }

  /// What gRPC is to connect to.
  public String target() {
    return target(toString());
  }

  /// What gRPC is to connect to: the host is looked up anew when the connection is lost.
  ///
  /// @param address as this class prints it
  public static String target(String address) {
    return "dns:///" + address.replace("[", "%5B").replace("]", "%5D");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

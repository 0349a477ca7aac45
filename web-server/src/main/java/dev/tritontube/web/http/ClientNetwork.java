package dev.tritontube.web.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/// From where somebody comes: what is counted as one client where there is no account to count by.
///
/// @param name of an address of IPv6 its network: who has one address has 2^64 of them
/// @param loopback on this very machine
public record ClientNetwork(String name, boolean loopback) {
  private static final int NETWORK_BYTES = 8;

  /// Of the client; of a proxy that is not trusted, the proxy's.
  public static ClientNetwork of(Context ctx) {
    return of(
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getRemoteSocketAddress());
  }

  static ClientNetwork of(SocketAddress client) {
    return client instanceof InetSocketAddress internet
        ? new ClientNetwork(name(internet.getAddress()), internet.getAddress().isLoopbackAddress())
        : new ClientNetwork("", false);
  }

  private static String name(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
        : address.getHostAddress();
  }
}

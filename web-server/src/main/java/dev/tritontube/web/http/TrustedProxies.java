package dev.tritontube.web.http;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/// The proxies before this server, which say for whom they ask: by `X-Forwarded-For` and
/// `X-Forwarded-Proto`. Of nobody else these are believed. Where a proxy is believed, the whole
/// server takes the client's address for the request's: logs, limits, sign-in.
public final class TrustedProxies implements HttpConfiguration.Customizer {
  public static final TrustedProxies NONE = of(List.of());

  private final InetAddressSet networks = new InetAddressSet();

  private TrustedProxies() {}

  /// @param networks such as `10.0.0.7`, `10.0.0.0/8`, `::1` or `fd00::/8`
  public static TrustedProxies of(List<String> networks) {
    TrustedProxies proxies = new TrustedProxies();
    for (String network : networks) {
      String address = network.strip();
      if (!InetAddresses.isInetAddress(address.split("/", 2)[0])
          || !proxies.networks.add(address)) {
        throw new IllegalArgumentException(
            "a proxy is an address or a network such as 10.0.0.0/8, not '" + network + "'");
      }
    }
    return proxies;
  }

  boolean trusts(SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && trusts(internet.getAddress());
  }

  private boolean trusts(InetAddress address) {
    return networks.test(address);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    if (!trusts(connection.getRemoteSocketAddress())) {
      return request;
    }
    List<String> hops = values(request, "X-Forwarded-For");
    List<String> schemes = values(request, "X-Forwarded-Proto");
    boolean secure =
        connection.isSecure() || (!schemes.isEmpty() && schemes.getFirst().equals("https"));
    SocketAddress client =
        client(hops)
            .<SocketAddress>map(address -> new InetSocketAddress(address, 0))
            .orElse(connection.getRemoteSocketAddress());
    return new Forwarded(request, client, secure);
  }

  private static List<String> values(Request request, String header) {
    return request.getHeaders().getValuesList(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .toList();
  }

  /// Who spoke to the outermost proxy that is trusted: each adds who spoke to it, and what is
  /// before that anybody can have made up.
  private Optional<InetAddress> client(List<String> hops) {
    Optional<InetAddress> client = Optional.empty();
    for (String hop : hops.reversed()) {
      Optional<InetAddress> address = address(hop);
      if (address.isEmpty()) {
        break;
      }
      client = address;
      if (!trusts(address.get())) {
        break;
      }
    }
    return client;
  }

  /// Some proxies tell the port too.
  private static Optional<InetAddress> address(String hop) {
    try {
      return Optional.of(InetAddresses.forString(HostAndPort.fromString(hop).getHost()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static final class Forwarded extends Request.Wrapper {
    private final ConnectionMetaData connection;

    Forwarded(Request request, SocketAddress client, boolean secure) {
      super(request);
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return client;
            }

            @Override
            public boolean isSecure() {
              return secure;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public boolean isSecure() {
      return connection.isSecure();
    }
  }
}

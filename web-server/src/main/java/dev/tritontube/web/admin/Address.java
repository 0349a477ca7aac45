package dev.tritontube.web.admin;

import com.google.common.net.HostAndPort;

/// Where a server is: `host:port`.
final class Address {
  private Address() {}

  /// @throws IllegalArgumentException when it is not `host:port`
  static String parse(String text) {
    HostAndPort address = HostAndPort.fromString(text.strip());
    if (address.getHost().isEmpty() || !address.hasPort() || address.getPort() == 0) {
      throw new IllegalArgumentException("an address is HOST:PORT, not '" + text + "'");
    }
    return address.toString();
  }
}

package dev.tritontube.web.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// What is counted as one client where there is no account to count by.
public final class ClientNetwork {
  private static final int NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /// Of an address of IPv6 its network: who has one address has 2^64 of them.
  static String of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    return HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64";
  }
}

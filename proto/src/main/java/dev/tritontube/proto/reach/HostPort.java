package dev.tritontube.proto.reach;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a program listens: `host:port`, with an IPv6 address in brackets.
///
/// @param host a name or an address, without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65535;

  /// Names of containers may have an underscore.
  private static final Pattern FORM =
      Pattern.compile(
          "(\\[(?<v6>[0-9A-Fa-f:.]+:[0-9A-Fa-f:.]*)\\]|(?<name>[A-Za-z0-9._-]+)):(?<port>[1-9]\\d{0,4})");

  public HostPort {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "an address is HOST:PORT, not '" + host + ":" + port + "'");
    }
  }

  /// @throws IllegalArgumentException when it is not `host:port`
  public static HostPort parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > MAX_PORT) {
      throw new IllegalArgumentException("an address is HOST:PORT, not '" + text + "'");
    }
    String host = matcher.group("v6") == null ? matcher.group("name") : matcher.group("v6");
    return new HostPort(host, Integer.parseInt(matcher.group("port")));
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

package dev.tritontube.web.http;

import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The ports of a server and what is spoken there: HTTP/1.1, or by TLS HTTP/2 and HTTP/1.1 as the
/// client likes.
final class Listeners {
  /// Of one connection at once: a player with all its tracks, and room for many held requests.
  private static final int MAX_STREAMS = 100;

  private final Server server;
  private final HttpConfiguration http;
  private final Duration idle;

  Listeners(Server server, HttpConfiguration http, Duration idle) {
    this.server = server;
    this.http = http;
    this.idle = idle;
  }

  ServerConnector plain(String host, int port) {
    return listener(host, port, new HttpConnectionFactory(new HttpConfiguration(http)));
  }

  ServerConnector secure(String host, int port, SslContextFactory.Server tls) {
    HttpConfiguration secure = new HttpConfiguration(http);
    // There is one certificate, whatever name the client has for the server: browsers judge it.
    secure.getCustomizers().addFirst(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(secure);
    ALPNServerConnectionFactory either = new ALPNServerConnectionFactory();
    either.setDefaultProtocol(http1.getProtocol());
    return listener(
        host,
        port,
        new SslConnectionFactory(tls, either.getProtocol()),
        either,
        http2(secure),
        http1);
  }

  /// Jetty closes connections that reset streams, ping, or change settings more than 128 times a
  /// second.
  private static HTTP2ServerConnectionFactory http2(HttpConfiguration secure) {
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(secure);
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    // Browsers open WebSockets over HTTP/1.1 then, which the routes know.
    http2.setConnectProtocolEnabled(false);
    return http2;
  }

  private ServerConnector listener(String host, int port, ConnectionFactory... protocols) {
    ServerConnector listener = new ServerConnector(server, protocols);
    listener.setHost(host);
    listener.setPort(port);
    listener.setIdleTimeout(idle.toMillis());
    listener.addBean(server.getBean(Connections.class), false);
    return listener;
  }
}

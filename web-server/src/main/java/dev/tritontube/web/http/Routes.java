package dev.tritontube.web.http;

import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;

/// The requests that a feature answers.
public interface Routes {
  void addTo(JavalinDefaultRoutingApi routing);

  /// Adds a handler for GET and for HEAD of what takes no query parameters.
  static void readPlain(JavalinDefaultRoutingApi routing, String path, Handler handler) {
    read(
        routing,
        path,
        ctx -> {
          QueryParameters.of(ctx);
          handler.handle(ctx);
        });
  }

  /// Adds a handler for GET and for HEAD.
  static void read(JavalinDefaultRoutingApi routing, String path, Handler handler) {
    routing.get(path, handler);
    routing.head(path, handler);
  }
}

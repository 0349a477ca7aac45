package dev.tritontube.web.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What every request passes first, whichever route it is for, or none: it gets its id, the answer
/// the headers that all have, and both are watched.
final class FrontDoor extends Handler.Wrapper {
  /// Browsers send about 20.
  private static final int MAX_HEADERS = 100;

  private final AnswerHeaders headers;
  private final Connections connections;

  FrontDoor(AnswerHeaders headers, Connections connections) {
    this.headers = headers;
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    response.getHeaders().put(RequestId.HEADER, RequestId.of(request));
    headers.addTo(response.getHeaders(), request.isSecure());
    if (request.getHeaders().size() > MAX_HEADERS) {
      Response.writeError(
          request, response, callback, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
      return true;
    }
    return super.handle(request, connections.watched(request, response), callback);
  }
}

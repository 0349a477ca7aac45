package dev.tritontube.web.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Problems of requests that never reach a route: malformed lines, ambiguous paths, headers that
/// are too large.
final class BareErrors extends ErrorHandler {
  private final AnswerHeaders headers;

  BareErrors(AnswerHeaders headers) {
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    String title = HttpStatus.getMessage(status);
    String code = title.toLowerCase(Locale.ROOT).replace(' ', '_');
    String id = RequestId.of(request);
    byte[] body =
        Json.bytes(
            ProblemDocument.of(
                new Problem.Refused(status, code, "The request was refused: " + title), id));
    response.setStatus(status);
    headers.addTo(response.getHeaders(), request.isSecure());
    response.getHeaders().put(RequestId.HEADER, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}

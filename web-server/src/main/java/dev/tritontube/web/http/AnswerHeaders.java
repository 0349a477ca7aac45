package dev.tritontube.web.http;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// What browsers are told with every answer, so that what is served here can do them no harm: it is
/// data, not a page, unless a route says otherwise. A route that answers with a page puts a
/// `Content-Security-Policy` of its own in place of this one, one whose content is for pages of
/// other sites a `Cross-Origin-Resource-Policy`.
///
/// @param strictTransport for how long browsers shall come by TLS only, once they did; zero: say
///   nothing of it
record AnswerHeaders(Duration strictTransport) {
  private static final List<HttpField> ALWAYS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField(
              "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

  /// @param secure whether the answer goes out by TLS
  void addTo(HttpFields.Mutable answer, boolean secure) {
    ALWAYS.forEach(answer::put);
    if (secure && !strictTransport.isZero()) {
      answer.put(
          HttpHeader.STRICT_TRANSPORT_SECURITY.asString(),
          "max-age=" + strictTransport.toSeconds());
    }
  }
}

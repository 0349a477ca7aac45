package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHeadersTest {
  private static ServerBed bed;

  @BeforeAll
  static void start() {
    bed = new ServerBed(HttpServer.Manners.USUAL, ServerBed.plain());
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/words/1", "/api/v1/words/1?b=2", "/nothing", "/api/%2e%2e/x"})
  void everyAnswerTellsBrowsersThatItIsData(String path) throws Exception {
    HttpResponse<byte[]> answer = bed.get(path);
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    assertEquals(
        "default-src 'none'; frame-ancestors 'none'", header(answer, "Content-Security-Policy"));
    assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
    assertTrue(header(answer, "Permissions-Policy").contains("camera=()"));
    assertTrue(header(answer, "X-Request-Id").matches("[0-9a-f]{16}"));
    assertEquals("", header(answer, "Strict-Transport-Security"), "by TLS only");
  }

  @Test
  void aPageHasAPolicyOfItsOwn() throws Exception {
    HttpResponse<byte[]> page = bed.get("/page");
    assertEquals("default-src 'self'", header(page, "Content-Security-Policy"));
    assertEquals("nosniff", header(page, "X-Content-Type-Options"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a\rb HTTP/1.1", "GET / HTTP/7.7", "NONSENSE"})
  void whatIsNoRequestHasThemToo(String line) throws Exception {
    String answer = bed.raw(line + "\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    assertTrue(answer.contains("Content-Security-Policy: default-src 'none'"), answer);
    String id = answer.replaceFirst("(?s).*X-Request-Id: (\\S+).*", "$1");
    assertTrue(id.matches("[0-9a-f]{16}"), answer);
    assertTrue(answer.contains("\"requestId\":\"" + id + "\""), answer);
    assertFalse(answer.contains("Jetty"), answer);
  }

  @Test
  void aSaneIdOfTheClientIsKept() throws Exception {
    assertEquals(
        "my-1.a_b", header(bed.get("/nothing", "X-Request-Id", "my-1.a_b"), "X-Request-Id"));
    String other = header(bed.get("/nothing", "X-Request-Id", "a b"), "X-Request-Id");
    assertTrue(other.matches("[0-9a-f]{16}"), other);
  }

  private static String header(HttpResponse<?> answer, String name) {
    Optional<String> value = answer.headers().firstValue(name);
    assertTrue(answer.headers().allValues(name).size() <= 1, name);
    return value.orElse("");
  }
}

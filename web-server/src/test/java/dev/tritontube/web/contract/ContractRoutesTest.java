package dev.tritontube.web.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.http.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContractRoutesTest {
  private static final CheckedClient CLIENT = new CheckedClient();
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server =
        HttpServer.start(
            new HttpServer.Settings("127.0.0.1", 0, Duration.ofSeconds(1)),
            List.of(new ContractRoutes()),
            new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    server.close();
  }

  @Test
  void servesTheWholeDocumentOnceToEach() throws Exception {
    HttpResponse<byte[]> answer = get("/openapi.json");
    assertEquals(200, answer.statusCode());
    assertEquals(OpenApiDocument.assemble(), new ObjectMapper().readTree(answer.body()));
    String tag = header(answer, "ETag");
    HttpResponse<byte[]> again = get("/openapi.json", "If-None-Match", tag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals(200, get("/openapi.json", "If-None-Match", "\"other\"").statusCode());
  }

  @Test
  void theDocumentIsSmallForWhoTakesGzip() throws Exception {
    HttpResponse<byte[]> answer = get("/openapi.json", "Accept-Encoding", "gzip");
    assertEquals("gzip", header(answer, "Content-Encoding"));
    assertTrue(answer.body().length < 60_000, answer.body().length + " bytes");
  }

  @Test
  void thePageNeedsNothingThatIsNotServedHere() throws Exception {
    HttpResponse<byte[]> page = get("/docs");
    assertEquals("nosniff", header(page, "X-Content-Type-Options"));
    String policy = header(page, "Content-Security-Policy");
    assertTrue(
        policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    String html = new String(page.body(), UTF_8);
    assertTrue(html.contains("<meta charset=\"utf-8\">"), html);
    assertFalse(html.matches("(?s).*(<script>|<style|style=|onload=).*"), html);
    List<String> files =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(html)
            .results()
            .map(MatchResult::group)
            .map(attribute -> attribute.replaceAll(".*\"(.+)\"", "$1"))
            .toList();
    assertEquals(4, files.size());
    for (String file : files) {
      HttpResponse<byte[]> answer = get(file);
      assertEquals(200, answer.statusCode(), file);
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"), file);
      assertTrue(answer.body().length > 100, file);
    }
  }

  @Test
  void servesNoOtherFiles() throws Exception {
    for (String file : List.of("index.html", "swagger-ui.js", "..%2fopenapi", "x")) {
      int status = get("/docs/" + file).statusCode();
      assertTrue(status == 404 || status == 400, file + " " + status);
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}

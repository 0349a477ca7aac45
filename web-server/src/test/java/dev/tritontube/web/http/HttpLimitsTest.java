package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {
  private static ServerBed bed;

  @BeforeAll
  static void start() {
    bed = new ServerBed(HttpServer.Manners.USUAL, ServerBed.plain());
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void headersAreLimitedInSizeAndNumber() throws Exception {
    assertEquals(200, bed.get("/api/v1/words/1", "A", "a".repeat(12_000)).statusCode());
    HttpResponse<byte[]> large = bed.get("/api/v1/words/1", "A", "a".repeat(20_000));
    assertEquals(431, large.statusCode());
    assertTrue(new String(large.body()).contains("\"request_header_fields_too_large\""));
    HttpRequest.Builder many = bed.request("/api/v1/words/1");
    for (int i = 0; i < 101; i++) {
      many.header("A" + i, "a");
    }
    HttpResponse<byte[]> crowded = bed.send(many);
    assertEquals(431, crowded.statusCode());
    assertTrue(new String(crowded.body()).contains("\"request_header_fields_too_large\""));
  }

  @Test
  void addressesAreLimitedInLength() throws Exception {
    HttpResponse<byte[]> answer = bed.get("/api/v1/words/1?a=" + "a".repeat(20_000));
    assertEquals(414, answer.statusCode());
    assertTrue(new String(answer.body()).contains("\"uri_too_long\""));
  }

  @Test
  void parametersAreLimitedInNumber() throws Exception {
    HttpResponse<byte[]> answer = bed.get("/api/v1/words/1?" + "a=1&".repeat(100) + "a=1");
    assertEquals(400, answer.statusCode());
    assertTrue(new String(answer.body()).contains("too many parameters"));
  }

  @Test
  void jsonIsLimitedInDepthAndNumbersAndNames() throws Exception {
    assertEquals(201, bed.post("/api/v1/echo", nested(30)).statusCode());
    for (String wrong :
        List.of(
            nested(40),
            nested(30_000),
            "{\"a\":" + "1".repeat(100) + "}",
            "{\"" + "a".repeat(300) + "\":1}",
            "{\"a\":[" + "1,".repeat(20_000) + "1]}")) {
      HttpResponse<byte[]> answer = bed.post("/api/v1/echo", wrong);
      assertEquals(400, answer.statusCode(), () -> wrong.substring(0, 20));
      assertTrue(new String(answer.body()).contains("\"bad_json\""), () -> wrong.substring(0, 20));
    }
    HttpResponse<byte[]> large = bed.post("/api/v1/echo", "{\"a\":\"" + "a".repeat(70_000) + "\"}");
    assertEquals(413, large.statusCode());
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }
}

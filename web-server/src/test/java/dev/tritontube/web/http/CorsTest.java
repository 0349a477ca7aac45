package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String APP = "https://app.example.com";
  private static final String OTHER = "https://other.example";
  private static final String WORDS = "/api/v1/words/1";

  @Test
  void pagesOfAllSitesMayReadAndNothingElse() throws Exception {
    try (ServerBed bed = bed()) {
      HttpResponse<byte[]> read = get(bed, OTHER);
      assertEquals("*", header(read, "Access-Control-Allow-Origin"));
      assertEquals("", header(read, "Access-Control-Allow-Credentials"));
      assertTrue(header(read, "Access-Control-Expose-Headers").contains("Content-Range"));
      assertEquals("", header(read, "Vary").replace("Accept-Encoding", ""), "one for all");
      HttpResponse<byte[]> preflight = preflight(bed, OTHER, "POST");
      assertEquals(204, preflight.statusCode());
      assertEquals("GET, HEAD", header(preflight, "Access-Control-Allow-Methods"));
      assertFalse(header(preflight, "Access-Control-Allow-Headers").contains("Authorization"));
      assertEquals("", header(post(bed, OTHER), "Access-Control-Allow-Origin"));
    }
  }

  @Test
  void pagesOfNamedSitesMayDoEverythingWithTheCookie() throws Exception {
    try (ServerBed bed = bed(APP, "http://localhost:5173")) {
      HttpResponse<byte[]> preflight = preflight(bed, APP, "PATCH");
      assertEquals(APP, header(preflight, "Access-Control-Allow-Origin"));
      assertEquals("true", header(preflight, "Access-Control-Allow-Credentials"));
      assertTrue(header(preflight, "Access-Control-Allow-Methods").contains("PATCH"));
      for (String needed :
          List.of("Authorization", "Content-Type", "If-Match", "Upload-Offset", "Last-Event-ID")) {
        assertTrue(header(preflight, "Access-Control-Allow-Headers").contains(needed), needed);
      }
      HttpResponse<byte[]> posted = post(bed, APP);
      assertEquals(201, posted.statusCode());
      assertEquals(APP, header(posted, "Access-Control-Allow-Origin"));
      assertEquals("true", header(posted, "Access-Control-Allow-Credentials"));
      assertTrue(header(posted, "Access-Control-Expose-Headers").contains("Location"));
      assertTrue(posted.headers().allValues("Vary").contains("Origin"));
    }
  }

  @Test
  void otherSitesAreToldApartFromNamedOnes() throws Exception {
    try (ServerBed bed = bed(APP)) {
      for (String other : List.of(OTHER, "null", APP + ".evil.example", "http://app.example.com")) {
        assertEquals("", header(post(bed, other), "Access-Control-Allow-Origin"), other);
        HttpResponse<byte[]> read = get(bed, other);
        assertEquals("*", header(read, "Access-Control-Allow-Origin"), other);
        assertEquals("", header(read, "Access-Control-Allow-Credentials"), other);
        assertTrue(read.headers().allValues("Vary").contains("Origin"), "not one for all");
      }
    }
  }

  @Test
  void anybodyIsNeverGivenTheCookie() throws Exception {
    try (ServerBed bed = bed("*")) {
      HttpResponse<byte[]> posted = post(bed, OTHER);
      assertEquals("*", header(posted, "Access-Control-Allow-Origin"));
      assertEquals("", header(posted, "Access-Control-Allow-Credentials"));
      HttpResponse<byte[]> preflight = preflight(bed, OTHER, "DELETE");
      assertTrue(header(preflight, "Access-Control-Allow-Methods").contains("DELETE"));
      assertTrue(header(preflight, "Access-Control-Allow-Headers").contains("Authorization"));
      assertEquals("", header(preflight, "Access-Control-Allow-Credentials"));
    }
  }

  @Test
  void whatIsNoOriginIsRefused() {
    for (String wrong : List.of("app.example.com", APP + "/", "https://*.example.com", "ftp://h")) {
      assertThrows(IllegalArgumentException.class, () -> Origins.of(List.of(wrong)), wrong);
    }
  }

  private static ServerBed bed(String... origins) {
    return new ServerBed(
        HttpServer.Manners.USUAL.with(Origins.of(List.of(origins))), ServerBed.plain());
  }

  private static HttpResponse<byte[]> get(ServerBed bed, String origin) throws Exception {
    return bed.get(WORDS, "Origin", origin);
  }

  private static HttpResponse<byte[]> post(ServerBed bed, String origin) throws Exception {
    return bed.send(
        bed.request("/api/v1/echo").header("Origin", origin).POST(BodyPublishers.ofString("{}")));
  }

  private static HttpResponse<byte[]> preflight(ServerBed bed, String origin, String method)
      throws Exception {
    return bed.send(
        bed.request(WORDS)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}

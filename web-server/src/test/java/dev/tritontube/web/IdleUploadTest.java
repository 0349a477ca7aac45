package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Patience;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that stop in the middle of a body, at a server with little patience.
@Timeout(60)
class IdleUploadTest {
  private static final HttpServer.Manners HURRIED =
      HttpServer.Manners.USUAL.with(new Patience(Duration.ofMillis(500), 4096, 1024));

  @TempDir private Path folder;

  @Test
  void anUploadThatStopsEndsWithATimeoutAndGivesItsMemoryBack() throws Exception {
    try (RestBed bed = new RestBed(folder, HURRIED)) {
      for (int i = 0; i < 2 * RestBed.UPLOAD_BUFFERS; i++) {
        String answer = bed.raw(begun("/api/v1/videos", "video/mp4", RestBed.mp4(1000)));
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.contains("\"too_slow\""), answer);
      }
      bed.settle();
      assertEquals(0, bed.blobs.keys().size());
    }
  }

  @Test
  void aDocumentThatStopsEndsWithATimeout() throws Exception {
    try (RestBed bed = new RestBed(folder, HURRIED)) {
      String id = bed.uploaded(RestBed.mp4(1000), "").get("id").asText();
      String answer =
          bed.raw(
              begun("/api/v1/videos/" + id, "application/json", "{".getBytes(UTF_8))
                  .replaceFirst("POST", "PATCH"));
      assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
    }
  }

  private static String begun(String path, String type, byte[] start) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
        + RestBed.KEY
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: 30000\r\n\r\n"
        + new String(start, ISO_8859_1);
  }
}

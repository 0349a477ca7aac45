package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;

/// Videos that a test needs.
final class Videos {
  private Videos() {}

  /// Uploads a clip and waits until it is encoded.
  ///
  /// @return its id
  static String completed(RestClient rest, byte[] clip) throws IOException, InterruptedException {
    String id = rest.upload(BodyPublishers.ofByteArray(clip), "a clip").get("id").asText();
    awaitCompleted(rest, id);
    return id;
  }

  static void awaitCompleted(RestClient rest, String id) throws InterruptedException, IOException {
    Eventually.holds(
        () -> "video " + id + " is encoded: " + standing(rest, id),
        () -> rest.video(id).get("status").asText().matches("COMPLETED|FAILED"));
    JsonNode video = rest.video(id);
    assertEquals("COMPLETED", video.get("status").asText(), video::toString);
  }

  /// What a video is like now, also when nobody answers.
  private static String standing(RestClient rest, String id) {
    try {
      return rest.video(id).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }
}

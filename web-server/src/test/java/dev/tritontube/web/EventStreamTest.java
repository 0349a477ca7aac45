package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server-Sent Events over real HTTP.
@Timeout(60)
class EventStreamTest {
  private static final String EVENTS = "/api/v1/events";

  @TempDir Path folder;
  private RestBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new RestBed(folder);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void tellsTheWholeLifeOfAVideo() throws Exception {
    try (Stream stream = open(bed.request(EVENTS))) {
      assertEquals("text/event-stream", stream.contentType());
      JsonNode video = bed.uploaded(RestBed.mp4(1000), "?title=First");
      String self = video.at("/links/self").asText();
      AssetId asset = bed.assetOf(video);
      packaging(asset, "'PROCESSING', 'encoding', 40, 12, true", EventType.PROGRESS);
      patch(self, "{\"title\":\"Second\"}");
      bed.send(bed.authorized(self).DELETE());

      Message created = stream.next();
      assertEquals("created", created.type());
      assertEquals(video.get("id"), created.data().get("id"));
      assertEquals("PENDING", created.data().get("status").asText());
      assertEquals(video.get("progress"), created.data().get("progress"));
      Message progress = stream.next();
      assertEquals("progress", progress.type());
      assertEquals(
          "{\"stage\":\"encoding\",\"percent\":40,\"etaSeconds\":12}",
          progress.data().get("progress").toString());
      assertTrue(progress.data().get("playable").asBoolean());
      assertTrue(progress.data().get("error").isNull());
      Message edited = stream.next();
      assertEquals("edited", edited.type());
      assertEquals("Second", edited.data().get("title").asText());
      Message deleted = stream.next();
      assertEquals("deleted", deleted.type());
      assertEquals(video.get("id"), deleted.data().get("id"));
      assertEquals(2, deleted.data().size());
      assertEquals(List.of(1L, 2L, 3L, 4L), stream.ids);
    }
  }

  @Test
  void goesOnWhereTheClientWasAlsoAfterARestart() throws Exception {
    String first = bed.uploaded(RestBed.mp4(1000, 1), "?title=a").get("id").asText();
    String second = bed.uploaded(RestBed.mp4(1000, 2), "?title=b").get("id").asText();
    bed.close();
    bed = new RestBed(folder);

    try (Stream stream = open(bed.request(EVENTS).header("Last-Event-ID", "0"))) {
      assertEquals(first, stream.next().data().get("id").asText());
      assertEquals(second, stream.next().data().get("id").asText());
    }
    try (Stream stream = open(bed.request(EVENTS + "?lastEventId=1"))) {
      assertEquals(second, stream.next().data().get("id").asText());
      patch("/api/v1/videos/" + first, "{\"title\":\"c\"}");
      assertEquals("c", stream.next().data().get("title").asText());
    }
  }

  @Test
  void saysWhenTheClientHasToBeginAnew() throws Exception {
    bed.uploaded(RestBed.mp4(1000, 1), "");
    bed.uploaded(RestBed.mp4(1000, 2), "");
    bed.database.events().prune(Instant.EPOCH, 1);
    for (String unknown : List.of("0", "77", "none of ours")) {
      try (Stream stream = open(bed.request(EVENTS).header("Last-Event-ID", unknown))) {
        Message reset = stream.next();
        assertEquals("reset", reset.type());
        assertEquals(2, reset.id());
        assertEquals("events_lost", reset.data().get("code").asText());
      }
    }
  }

  @Test
  void tellsNobodyWhatIsNotPublic() throws Exception {
    try (Stream anybody = open(bed.request(EVENTS));
        Stream wrongKey = open(bed.request(EVENTS).header("Authorization", "Bearer nope"));
        Stream owner = open(bed.authorized(EVENTS))) {
      String secret = bed.uploaded(RestBed.mp4(100, 1), "?visibility=private").get("id").asText();
      bed.uploaded(RestBed.mp4(100, 2), "?visibility=unlisted");
      JsonNode hidden = bed.uploaded(RestBed.mp4(100, 3), "?title=was-public");
      patch(hidden.at("/links/self").asText(), "{\"visibility\":\"private\",\"title\":\"new\"}");
      bed.send(bed.authorized("/api/v1/videos/" + secret).DELETE());
      String last = bed.uploaded(RestBed.mp4(100, 4), "?title=last").get("id").asText();

      assertEquals(
          List.of("created", "created", "created", "edited", "deleted", "created"), owner.types(6));
      for (Stream stream : List.of(anybody, wrongKey)) {
        List<Message> told = stream.until(last);
        assertFalse(told.toString().contains(secret), told.toString());
        assertFalse(told.toString().contains("\"new\""), told.toString());
        assertEquals(
            "deleted", told.get(told.size() - 2).type(), "what is hidden is gone for them");
      }
    }
    try (Stream late = open(bed.request(EVENTS + "?lastEventId=0"))) {
      assertEquals(List.of("deleted", "created"), late.types(2));
    }
  }

  @Test
  void tellsOfOneVideoAlone() throws Exception {
    String other = bed.uploaded(RestBed.mp4(100, 1), "").get("id").asText();
    JsonNode wanted = bed.uploaded(RestBed.mp4(100, 2), "?visibility=unlisted");
    String id = wanted.get("id").asText();
    patch("/api/v1/videos/" + other, "{\"title\":\"other\"}");
    patch("/api/v1/videos/" + id, "{\"title\":\"wanted\"}");
    try (Stream stream = open(bed.request(EVENTS + "?lastEventId=0&video=" + id))) {
      assertEquals(List.of("created", "edited"), stream.types(2));
      assertEquals(List.of(2L, 4L), stream.ids);
    }
    patch("/api/v1/videos/" + id, "{\"visibility\":\"private\"}");
    assertEquals(404, bed.get(EVENTS + "?video=" + id).statusCode());
    assertEquals(404, bed.get(EVENTS + "?video=" + "a".repeat(20)).statusCode());
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    for (String query : List.of("?vidoe=x", "?video=x", "?lastEventId=x", "?lastEventId=-1")) {
      assertEquals(400, bed.get(EVENTS + query).statusCode(), query);
    }
    HttpResponse<byte[]> head =
        bed.send(bed.request(EVENTS).method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
  }

  @Test
  void holdsOnlySoManyAndKeepsThemAlive() throws Exception {
    try (Stream one = open(bed.request(EVENTS));
        Stream _ = open(bed.request(EVENTS));
        Stream _ = open(bed.request(EVENTS));
        Stream _ = open(bed.request(EVENTS))) {
      HttpResponse<byte[]> more = bed.get(EVENTS);
      assertEquals(503, more.statusCode());
      assertEquals("too_many_streams", RestBed.code(more));
      assertTrue(more.headers().firstValue("Retry-After").isPresent());
      one.heartbeat();
    }
    Eventually.holds(
        "who is gone leaves its place",
        () -> {
          try (InputStream body = begin(bed.request(EVENTS)).body()) {
            return body.read() == 'r';
          }
        });
  }

  @Test
  void endsWhenTheServerStops() throws Exception {
    try (Stream stream = open(bed.request(EVENTS))) {
      bed.feed.close();
      assertNull(stream.lineOfEnd());
    }
  }

  private void packaging(AssetId asset, String values, EventType type) {
    bed.database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  "insert into packaging (status, stage, percent, eta_seconds, playable, asset,"
                      + " enqueued_at, updated_at) values ("
                      + values
                      + ", ?, 0, 0)",
                  asset.value());
              bed.database.events().ofAsset(tx, type, asset, Instant.EPOCH);
            });
  }

  private void patch(String path, String body) throws Exception {
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    assertEquals(200, answer.statusCode());
  }

  private HttpResponse<InputStream> begin(HttpRequest.Builder request) throws Exception {
    return bed.client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private Stream open(HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> answer = begin(request);
    assertEquals(200, answer.statusCode());
    return new Stream(answer);
  }

  private record Message(long id, String type, JsonNode data) {}

  /// A client of Server-Sent Events.
  private static final class Stream implements AutoCloseable {
    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;
    private final List<Long> ids = new ArrayList<>();

    Stream(HttpResponse<InputStream> answer) {
      this.answer = answer;
      this.lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    String contentType() {
      return answer.headers().firstValue("Content-Type").orElseThrow();
    }

    Message next() throws IOException {
      Map<String, String> fields = block();
      while (!fields.containsKey("data")) {
        fields = block();
      }
      long id = Long.parseLong(fields.getOrDefault("id", "-1"));
      ids.add(id);
      return new Message(
          id, fields.getOrDefault("event", ""), new ObjectMapper().readTree(fields.get("data")));
    }

    List<String> types(int count) throws IOException {
      List<String> types = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        types.add(next().type());
      }
      return types;
    }

    List<Message> until(String video) throws IOException {
      List<Message> messages = new ArrayList<>();
      do {
        messages.add(next());
      } while (!messages.getLast().data().path("id").asText().equals(video));
      return messages;
    }

    void heartbeat() throws IOException {
      while (!block().containsKey("")) {
        // Something else came first.
      }
    }

    private Map<String, String> block() throws IOException {
      Map<String, String> fields = new LinkedHashMap<>();
      String line = lines.readLine();
      while (line != null && !line.isEmpty()) {
        String[] field = line.split(": ?", 2);
        fields.put(field[0], field[1]);
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("the stream ended");
      }
      return fields;
    }

    /// Null: the end came.
    String lineOfEnd() throws IOException {
      String line = lines.readLine();
      while (line != null) {
        line = lines.readLine();
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}

package dev.tritontube.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drill: the catalog is lost for good, with the key, and comes back from the ring, while the
/// storage nodes run on.
class CatalogLossIT {
  private static final int PIECE = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIGN_IN =
      "{\"username\":\"ann\",\"password\":\"correct horse\",\"refreshIn\":\"body\"}";

  @TempDir private Path folder;
  private LocalCluster cluster;
  private AdminCli admin;

  @BeforeEach
  void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    admin = new AdminCli(cluster);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void everythingOfTheLastCopyIsBackAndPlays() throws Exception {
    byte[] clip = Clips.tiny(folder);
    RestClient rest = cluster.rest();
    String video = Videos.completed(rest, clip);
    post(rest, "/api/v1/auth/register", SIGN_IN.replace(",\"refreshIn\":\"body\"", ""));
    String key = apiKey(rest);
    byte[] piecewise = Clips.variant(clip, 5, 9 << 20);
    String upload = begun(rest, piecewise);
    String backup = admin.json("backup", "create").get("id").asText();
    assertEquals(backup, admin.json("backup", "list").at("/backups/0/id").asText());
    long epoch = admin.json("status").get("epoch").asLong();
    byte[] later = Clips.variant(clip, 6, 10);
    String late = rest.upload(BodyPublishers.ofByteArray(later), "late").get("id").asText();
    patch(rest, upload, PIECE, Arrays.copyOfRange(piecewise, PIECE, 3 * PIECE));

    cluster.web().kill();
    loseTheCatalog();
    cluster.launchWeb();
    JsonNode report = restored();
    Eventually.holds("the web server serves", this::ready);

    rest = cluster.rest();
    assertEquals(backup, report.get("backup").asText());
    assertTrue(report.get("unknownBlobs").asLong() > 0, report::toString);
    assertTrue(admin.json("status").get("epoch").asLong() > epoch + 100);
    assertEquals(4, admin.run("restore").exitCode(), "the catalog is in use");
    assertEquals("COMPLETED", rest.video(video).get("status").asText());
    assertArrayEquals(clip, rest.bytes(rest.resolve("/api/v1/videos/" + video + "/original")));
    plays(rest, video);
    assertEquals(404, rest.get("/api/v1/videos/" + late).statusCode());
    assertEquals(200, new RestClient(cluster.webUri(), key).get("/api/v1/auth/me").statusCode());
    assertEquals(200, post(rest, "/api/v1/auth/login", SIGN_IN).statusCode());
    goesOn(rest, upload, piecewise);
    Eventually.holds("all nodes are compared", admin::healthy);
  }

  private void loseTheCatalog() throws IOException {
    for (String file : Set.of("catalog.db", "catalog.db-wal", "catalog.db-shm", "admin.key")) {
      Files.deleteIfExists(cluster.data().resolve(file));
    }
  }

  /// Asks until the new web server is there to be asked.
  private JsonNode restored() throws Exception {
    AdminCli.Outcome[] outcome = new AdminCli.Outcome[1];
    Eventually.holds(
        "the web server waits to be restored",
        () -> {
          outcome[0] = admin.run("--json", "restore");
          return outcome[0].exitCode() == 0;
        });
    return outcome[0].json();
  }

  private boolean ready() {
    return new RestClient(cluster.webUri(), "").ready();
  }

  private static HttpResponse<byte[]> post(RestClient rest, String path, String json)
      throws IOException {
    return rest.send(
        rest.request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private String apiKey(RestClient rest) throws IOException {
    JsonNode tokens = JSON.readTree(post(rest, "/api/v1/auth/login", SIGN_IN).body());
    RestClient ann = new RestClient(cluster.webUri(), tokens.get("accessToken").asText());
    HttpResponse<byte[]> made =
        post(ann, "/api/v1/auth/keys", "{\"name\":\"k\",\"scopes\":[\"read\"]}");
    return JSON.readTree(made.body()).get("key").asText();
  }

  private static String begun(RestClient rest, byte[] file) throws IOException {
    HttpResponse<byte[]> created =
        rest.send(
            rest.request("/api/v1/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", file.length + "")
                .POST(BodyPublishers.noBody())
                .build());
    String upload = created.headers().firstValue("Location").orElseThrow();
    assertEquals(204, patch(rest, upload, 0, Arrays.copyOf(file, PIECE)).statusCode());
    return upload;
  }

  private static HttpResponse<byte[]> patch(RestClient rest, String upload, int at, byte[] bytes)
      throws IOException {
    return rest.send(
        rest.request(URI.create(upload).getPath())
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", at + "")
            .method("PATCH", BodyPublishers.ofByteArray(bytes))
            .build());
  }

  private static void plays(RestClient rest, String video) throws IOException {
    Set<URI> segments =
        new PlaybackCheck(rest)
            .dashSegments(rest.resolve("/api/v1/videos/" + video + "/manifest.mpd"));
    assertTrue(segments.size() > 1);
    for (URI segment : segments) {
      assertTrue(rest.bytes(segment).length > 0);
    }
  }

  /// From where the copy knows it was; what came since is sent again.
  private static void goesOn(RestClient rest, String upload, byte[] file) throws Exception {
    byte[] left = Arrays.copyOfRange(file, PIECE, file.length);
    HttpResponse<byte[]> answer = patch(rest, upload, PIECE, left);
    assertEquals(204, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    String video = rest.json(URI.create(upload).getPath()).at("/video/id").asText();
    assertArrayEquals(file, rest.bytes(rest.resolve("/api/v1/videos/" + video + "/original")));
  }
}

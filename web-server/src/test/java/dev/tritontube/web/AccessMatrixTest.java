package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.accounts.AccessTokens;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.catalog.AssetId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every operation, by every kind of caller.
class AccessMatrixTest {
  private static final String PASSWORD = "correct horse";

  /// In the order of the columns below.
  private static final Map<String, String> CALLERS = new LinkedHashMap<>();

  private static final Map<String, String> VIDEOS = new LinkedHashMap<>();

  @TempDir private static Path folder;
  private static RestBed bed;
  private static String owner;
  private static String ownersId;
  private static int uploads;

  @BeforeAll
  static void start() throws Exception {
    bed = new RestBed(folder);
    ownersId = user("owner", "uploader");
    user("viewer", "viewer");
    user("other", "uploader");
    user("boss", "admin");
    owner = login("owner");
    String expired = expired(owner);
    CALLERS.put("nobody", "");
    CALLERS.put("viewer", login("viewer"));
    CALLERS.put("other", login("other"));
    CALLERS.put("owner", owner);
    CALLERS.put("admin", login("boss"));
    CALLERS.put("the key of the file", RestBed.KEY);
    CALLERS.put("expired token", expired);
    CALLERS.put("key of another", key(CALLERS.get("other")));
    CALLERS.put("alg none", unsigned(owner));
    CALLERS.put("signature of another", mixed(owner, CALLERS.get("other")));
    for (String visibility : List.of("public", "unlisted", "private")) {
      VIDEOS.put(visibility, uploaded(visibility));
    }
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  /// Columns: nobody, viewer, another uploader, the owner, an administrator, the key of the file,
  /// an expired token, the key of another, an unsigned token, a token with another's signature.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|public||200 200 200 200 200 200 200 200 200 200",
        "GET|unlisted||200 200 200 200 200 200 200 200 200 200",
        "GET|private||404 404 404 200 200 200 404 404 404 404",
        "GET|private|/manifest.mpd|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/master.m3u8|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/media/rev/audio.m3u8|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/media/rev/audio/init.mp4|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/media/rev/audio/0.m4s|404 404 404 200 200 200 404 404 404 404",
        "HEAD|private|/media/rev/audio/0.m4s|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/poster.jpg|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/original|404 404 404 200 200 200 404 404 404 404",
        "GET|private|/progress|404 404 404 200 200 200 404 404 404 404",
        "GET|unlisted|/media/rev/audio/0.m4s|200 200 200 200 200 200 200 200 200 200",
        "GET|unlisted|/original|200 200 200 200 200 200 200 200 200 200",
        "PATCH|public||401 403 403 200 200 200 401 403 401 401",
        "PATCH|unlisted||401 403 403 200 200 200 401 403 401 401",
        "PATCH|private||401 404 404 200 200 200 401 404 401 401",
        "POST|public|/playback-token|401 201 201 201 201 201 401 201 401 401",
        "POST|private|/playback-token|401 404 404 201 201 201 401 404 401 401"
      })
  void withAVideo(String method, String visibility, String path, String expected) throws Exception {
    String address = VIDEOS.get(visibility) + (path == null ? "" : path);
    assertEquals(expected, statuses(method, address, method.equals("PATCH") ? "{}" : ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/api/v1/videos||200 200 200 200 200 200 200 200 200 200",
        "GET|/watch/{private}||404 404 404 200 200 200 404 404 404 404",
        "HEAD|/api/v1/events||200 200 200 200 200 200 200 200 200 200",
        "HEAD|/api/v1/events?video={private}||404 404 404 200 200 200 404 404 404 404",
        "GET|/api/v1/uploads/an-upload-of-the-owner/progress||401 404 404 200 200 200 401 404 401 401",
        "GET|/api/v1/auth/me||401 200 200 200 200 200 401 200 401 401",
        "GET|/api/v1/auth/keys||401 200 200 200 200 200 401 403 401 401",
        "GET|/api/v1/auth/keys?user={owner}||401 400 400 200 200 200 401 403 401 401",
        "POST|/api/v1/auth/tickets|{\"path\":\"/api/v1/events\"}|401 201 201 201 201 201 401 201 401 401",
        "POST|/api/v1/auth/password|{}|401 400 400 400 400 403 401 403 401 401",
        "DELETE|/api/v1/auth/me|{}|401 400 400 400 400 403 401 403 401 401",
        "GET|/api/v1/users||401 403 403 403 200 200 401 403 401 401",
        "GET|/api/v1/users/{owner}||401 403 403 403 200 200 401 403 401 401",
        "POST|/api/v1/users|{}|401 403 403 403 400 400 401 403 401 401",
        "PATCH|/api/v1/users/{owner}|{}|401 403 403 403 200 200 401 403 401 401",
        "POST|/api/v1/users/{owner}/password-reset||401 403 403 403 201 201 401 403 401 401",
        "DELETE|/api/v1/users/aaaaaaaaaaaaaaaaaaaa||401 403 403 403 404 404 401 403 401 401",
        "GET|/api/v1/admin/audit||401 403 403 403 200 200 401 403 401 401"
      })
  void withTheRest(String method, String path, String body, String expected) throws Exception {
    String address =
        path.replace("{owner}", ownersId)
            .replace("{private}", id(String.valueOf(VIDEOS.get("private"))));
    assertEquals(expected, statuses(method, address, body == null ? "" : body));
  }

  @ParameterizedTest
  @CsvSource({
    "public,401 403 403 204 204 204 401 403 401 401",
    "private,401 404 404 204 204 204 401 404 401 401"
  })
  void deletingAVideo(String visibility, String expected) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (String bearer : CALLERS.values()) {
      statuses.add(status("DELETE", uploaded(visibility), bearer, ""));
    }
    assertEquals(expected, String.join(" ", statuses));
  }

  @ParameterizedTest
  @CsvSource("401 403 201 201 201 201 401 201 401 401")
  void uploading(String expected) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (String bearer : CALLERS.values()) {
      statuses.add(Integer.toString(upload(bearer, "").statusCode()));
    }
    assertEquals(expected, String.join(" ", statuses));
  }

  /// How many of the owner's three videos are in a list.
  @ParameterizedTest
  @CsvSource("1 1 1 3 3 3 1 1 1 1")
  void listing(String expected) throws Exception {
    List<String> counts = new ArrayList<>();
    for (String bearer : CALLERS.values()) {
      String list = new String(send("GET", "/api/v1/videos?limit=100", bearer, "").body(), UTF_8);
      counts.add(
          Long.toString(
              VIDEOS.values().stream().filter(video -> list.contains(id(video))).count()));
    }
    assertEquals(expected, String.join(" ", counts));
  }

  private static String statuses(String method, String path, String body) throws Exception {
    List<String> statuses = new ArrayList<>();
    for (String bearer : CALLERS.values()) {
      statuses.add(status(method, path, bearer, body));
    }
    return String.join(" ", statuses);
  }

  private static String status(String method, String path, String bearer, String body)
      throws Exception {
    return Integer.toString(send(method, path, bearer, body).statusCode());
  }

  private static HttpResponse<byte[]> send(String method, String path, String bearer, String body)
      throws Exception {
    return bed.send(
        as(path, bearer)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder as(String path, String bearer) {
    HttpRequest.Builder request = bed.request(path);
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private static HttpResponse<byte[]> upload(String bearer, String query) throws Exception {
    return bed.send(
        as("/api/v1/videos" + query, bearer)
            .header("Content-Type", "video/mp4")
            .POST(BodyPublishers.ofByteArray(RestBed.mp4(1000, uploads++))));
  }

  /// One of the owner's, which plays.
  private static String uploaded(String visibility) throws Exception {
    JsonNode video =
        RestBed.json(
            upload(
                owner,
                "?visibility="
                    + visibility
                    + (visibility.equals("private") && !VIDEOS.containsKey("private")
                        ? "&uploadId=an-upload-of-the-owner"
                        : "")));
    AssetId asset = bed.assetOf(video);
    PublishedClip.of(bed, asset);
    bed.packaging.posters.put(asset, PublishedClip.stored(bed, asset, "poster"));
    return video.at("/links/self").asText();
  }

  private static String id(String self) {
    return self.substring(self.lastIndexOf('/') + 1);
  }

  private static String user(String name, String role) throws Exception {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"%s\"}".formatted(name, PASSWORD, role);
    return RestBed.json(send("POST", "/api/v1/users", RestBed.KEY, body)).get("id").asText();
  }

  private static String login(String name) throws Exception {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);
    return RestBed.json(send("POST", "/api/v1/auth/login", "", body)).get("accessToken").asText();
  }

  private static String key(String bearer) throws Exception {
    String body = "{\"name\":\"k\",\"scopes\":[\"read\",\"write\",\"upload\"]}";
    return RestBed.json(send("POST", "/api/v1/auth/keys", bearer, body)).get("key").asText();
  }

  /// The same token, issued an hour ago.
  private static String expired(String token) throws Exception {
    JsonNode claims =
        new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    InstantSource then = InstantSource.fixed(Instant.now().minus(Duration.ofHours(1)));
    return new AccessTokens(new SecretStore(bed.database, new Random(1)), then)
        .issue(new UserId(claims.get("sub").asText()), claims.get("sid").asText());
  }

  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    return header + "." + token.split("\\.")[1] + ".";
  }

  private static String mixed(String token, String other) {
    return token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
  }
}

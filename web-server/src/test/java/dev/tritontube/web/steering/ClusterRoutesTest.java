package dev.tritontube.web.steering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.admin.LiveCluster;
import dev.tritontube.web.auth.Accounts;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.http.HttpServer;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.passwords.Cost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cluster over real HTTP, on real storage nodes. One test changes it; the others do not mind.
@Timeout(120)
class ClusterRoutesTest {
  private static final String KEY = "the-key";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static LiveCluster cluster;
  private static ClusterFeed feed;
  private static HttpServer server;
  private static String nobodysBoss;

  @BeforeAll
  static void start() throws Exception {
    cluster = new LiveCluster(folder, 3);
    for (int i = 0; i < 20; i++) {
      cluster.put(i);
    }
    Accounts accounts =
        new Accounts(
            new Accounts.Ground(
                cluster.database(), _ -> {}, new SecureRandom(), InstantSource.system()),
            new Accounts.Settings(Optional.of(Role.UPLOADER), new Cost(8, 1), 2, Quota.NONE),
            KEY);
    accounts.open();
    feed = new ClusterFeed(cluster.steering(), ClusterFeed.Limits.USUAL);
    List<Routes> routes = new ArrayList<>(accounts.routes());
    routes.add(new ClusterRoutes(cluster.steering(), accounts.callers()));
    routes.add(new ClusterEventRoutes(feed, accounts.callers()));
    server =
        HttpServer.start(
            new HttpServer.Settings("127.0.0.1", 0, Duration.ofSeconds(2)),
            routes,
            new SimpleMeterRegistry());
    nobodysBoss = token();
  }

  @AfterAll
  static void stop() {
    feed.close();
    CLIENT.close();
    server.close();
    cluster.close();
  }

  /// Of somebody who is no administrator.
  private static String token() throws Exception {
    String body = "{\"username\":\"ann\",\"password\":\"correct horse\"}";
    send("POST", "/api/v1/auth/register", "", body);
    return json(send("POST", "/api/v1/auth/login", "", body)).get("accessToken").asText();
  }

  private static HttpRequest.Builder request(String path, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(60));
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private static HttpResponse<byte[]> send(String method, String path, String bearer, String body)
      throws Exception {
    return CLIENT.send(
        request(path, bearer).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<byte[]> answer = send("GET", path, KEY, "");
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF_8));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    return json(answer);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nodes",
    "GET,/status",
    "GET,/ring",
    "GET,/ring/locate?key=a",
    "GET,/changes/x",
    "GET,/events",
    "POST,/ring/plan",
    "POST,/ring/apply"
  })
  void isForAdministratorsAlone(String method, String path) throws Exception {
    String address = "/api/v1/cluster" + path;
    assertEquals(401, send(method, address, "", "{}").statusCode());
    assertEquals(401, send(method, address, "wrong", "{}").statusCode());
    assertEquals(403, send(method, address, nobodysBoss, "{}").statusCode());
  }

  @Test
  void showsNodesAsTheCommandLineDoes() throws Exception {
    JsonNode nodes = get("/api/v1/cluster/nodes").get("nodes");
    assertTrue(nodes.size() >= 3);
    assertEquals(
        List.of(
            "id",
            "address",
            "zone",
            "weight",
            "state",
            "health",
            "detail",
            "replicas",
            "blobs",
            "bytes",
            "capacityBytes",
            "latencyMillis"),
        names(nodes.get(0)));
    JsonNode status = get("/api/v1/cluster/status");
    assertEquals(
        List.of("health", "epoch", "underReplicated", "nodes", "jobs", "workers"), names(status));
    assertEquals(0, status.at("/jobs/dead").asInt());
    JsonNode worker = status.at("/workers/0");
    assertEquals("encoder", worker.get("host").asText());
    assertEquals("PARTIAL", worker.at("/sandbox/degree").asText());
    assertTrue(worker.at("/sandbox/parts/files").asBoolean());
    assertFalse(worker.at("/sandbox/parts/ports").asBoolean());
  }

  @Test
  void showsTheRing() throws Exception {
    JsonNode ring = get("/api/v1/cluster/ring");
    assertEquals(
        List.of("epoch", "arcs", "replicas", "joint", "nodes", "owners", "moves", "change"),
        names(ring));
    assertEquals(3 * 16384, ring.get("owners").size());
    JsonNode place = get("/api/v1/cluster/ring/locate?key=" + LiveCluster.key(3).value());
    assertEquals(3, place.get("owners").size());
    assertEquals(3, place.get("holders").size());
    int first = ring.get("owners").get(place.get("arc").asInt() * 3).asInt();
    assertEquals(ring.at("/nodes/" + first + "/id"), place.at("/owners/0/id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|bad_field",
        "{\"action\":\"paint\"}|bad_field",
        "{\"action\":\"drain\"}|bad_field",
        "{\"action\":\"drain\",\"node\":\"\"}|bad_field",
        "{\"action\":\"drain\",\"node\":\"x\",\"force\":true}|unknown_field",
        "{\"action\":\"remove\",\"node\":\"x\",\"force\":\"yes\"}|bad_field",
        "{\"action\":\"add\",\"address\":\"nowhere\"}|bad_field",
        "{\"action\":\"add\",\"address\":\"h:1\",\"weight\":0}|bad_field",
        "{\"action\":\"add\",\"address\":\"h:1\",\"weight\":1.5}|bad_field",
        "{\"action\":\"add\",\"address\":\"h:1\",\"zone\":\" \"}|bad_field",
        "{\"action\":\"drain\",\"node\":\"x\",\"ifEpoch\":-1}|bad_field",
        "[]|bad_json"
      })
  void saysWhatIsWrongWithAWish(String body, String code) throws Exception {
    for (String path : List.of("plan", "apply")) {
      HttpResponse<byte[]> answer = send("POST", "/api/v1/cluster/ring/" + path, KEY, body);
      assertEquals(400, answer.statusCode());
      assertEquals(code, json(answer).get("code").asText());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown_node,drain,nobody,0,409",
    "epoch_changed,drain,nobody,99,409",
    "unknown_node,remove,nobody,0,409"
  })
  void refusesWithTheReasonsCode(String code, String action, String node, long epoch, int status)
      throws Exception {
    String body =
        "{\"action\":\"%s\",\"node\":\"%s\"%s}"
            .formatted(action, node, epoch == 0 ? "" : ",\"ifEpoch\":" + epoch);
    HttpResponse<byte[]> answer = send("POST", "/api/v1/cluster/ring/apply", KEY, body);
    assertEquals(status, answer.statusCode());
    assertEquals(code, json(answer).get("code").asText());
  }

  @Test
  void saysThatThereIsNoNodeThere() throws Exception {
    String body =
        "{\"action\":\"add\",\"address\":\"127.0.0.1:%d\"}".formatted(cluster.adminPort());
    HttpResponse<byte[]> answer = send("POST", "/api/v1/cluster/ring/plan", KEY, body);
    assertEquals(503, answer.statusCode());
    assertEquals("no_node", json(answer).get("code").asText());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void plansAppliesAndTellsHowItGoesOn() throws Exception {
    cluster.startNode(4);
    String wish = "{\"action\":\"add\",\"address\":\"%s\"".formatted(cluster.address(4));
    JsonNode plan = json(send("POST", "/api/v1/cluster/ring/plan", KEY, wish + "}"));
    assertEquals(12288, plan.get("movedReplicas").asInt());
    assertEquals(12288, plan.get("minimumReplicas").asInt());
    assertEquals(
        12288,
        plan.at("/nodes").findValuesAsText("arcsAfter").stream()
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(0));
    long epoch = plan.get("epoch").asLong();

    HttpResponse<InputStream> stream =
        CLIENT.send(
            request("/api/v1/cluster/events?ticket=" + ticket(), "").build(),
            BodyHandlers.ofInputStream());
    assertEquals("text/event-stream", stream.headers().firstValue("Content-Type").orElse(""));
    try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      JsonNode state = next(events, "state");
      assertEquals(epoch, state.get("epoch").asLong());
      assertTrue(state.get("change").isNull());

      String planned = wish + ",\"ifEpoch\":" + epoch + "}";
      HttpResponse<byte[]> begun = send("POST", "/api/v1/cluster/ring/apply", KEY, planned);
      assertEquals(202, begun.statusCode(), () -> new String(begun.body(), UTF_8));
      // Who asks again, because he did not hear the answer, joins it.
      HttpResponse<byte[]> again = send("POST", "/api/v1/cluster/ring/apply", KEY, planned);
      assertTrue(again.statusCode() == 202 || again.statusCode() == 409);

      JsonNode change = next(events, "change");
      while (change.get("finishedAt").isNull()) {
        change = next(events, "change");
      }
      assertEquals("DONE", change.get("phase").asText());
      assertEquals(json(begun).get("id"), change.get("id"));
      String self = begun.headers().firstValue("Location").orElseThrow();
      assertEquals("DONE", get(self).get("phase").asText());
      assertEquals(12288, get(self).get("movedReplicas").asInt());
    }
    HttpResponse<byte[]> late =
        send(
            "POST",
            "/api/v1/cluster/ring/apply",
            KEY,
            "{\"action\":\"drain\",\"node\":\"%s\",\"ifEpoch\":%d}"
                .formatted(cluster.address(1), epoch));
    assertEquals(409, late.statusCode());
    assertEquals("epoch_changed", json(late).get("code").asText());
    isWrittenDown();
  }

  private static String ticket() throws Exception {
    HttpResponse<byte[]> answer =
        send("POST", "/api/v1/auth/tickets", KEY, "{\"path\":\"/api/v1/cluster/events\"}");
    assertEquals(201, answer.statusCode());
    return json(answer).get("ticket").asText();
  }

  private static void isWrittenDown() throws Exception {
    List<String> targets = get("/api/v1/admin/audit?limit=100").findValuesAsText("target");
    assertTrue(
        targets.contains(
            "/api/v1/cluster/ring/apply add %s at epoch 1".formatted(cluster.address(4))),
        targets::toString);
    assertTrue(targets.stream().noneMatch(target -> target.contains("plan")), targets::toString);
  }

  /// The data of the next event of a type.
  private static JsonNode next(BufferedReader events, String type) throws IOException {
    String line = events.readLine();
    while (!line.equals("event: " + type)) {
      line = events.readLine();
    }
    return JSON.readTree(events.readLine().substring("data: ".length()));
  }
}

package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.accounts.ApiKeyStore;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.contract.CheckedClient;
import dev.tritontube.web.http.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRoutesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final AssetId ASSET = new AssetId("a".repeat(20));

  @TempDir Path folder;
  private final JobId id = JobId.random(new Random(1));
  private final CheckedClient client = new CheckedClient();
  private Database database;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    database = TestCatalog.open(folder);
    new ApiKeyStore(database).ofFile("the-key", START);
    SecretStore secrets = new SecretStore(database, new Random(3));
    Jobs jobs = new Jobs(database, new FakeJobWork());
    server =
        HttpServer.start(
            new HttpServer.Settings("127.0.0.1", 0, Duration.ofSeconds(1)),
            List.of(
                new JobRoutes(
                    jobs, new Callers(database, secrets, "the-key", InstantSource.system()))),
            new SimpleMeterRegistry());
    database
        .jdbi()
        .useTransaction(
            tx -> {
              JobStore.add(tx, new JobStore.Added(Job.Kind.PACKAGE, ASSET, "standard"), id, START);
              JobStore.began(tx, ASSET, START);
            });
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    database.close();
  }

  @Test
  void showsAJob() throws Exception {
    JsonNode job = json(call("GET", "/api/v1/jobs/" + id));
    List<String> names = new ArrayList<>();
    job.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "id",
            "kind",
            "asset",
            "profile",
            "videos",
            "state",
            "attempts",
            "reason",
            "lastError",
            "progress",
            "createdAt",
            "startedAt",
            "nextAttemptAt",
            "endedAt",
            "updatedAt"),
        names);
    assertEquals("RUNNING", job.get("state").asText());
    assertEquals(START.toString(), job.get("startedAt").asText());
    assertEquals("worker", job.at("/progress/runs/0/worker").asText());
    assertEquals(40, job.at("/progress/percent").asInt());
  }

  @Test
  void listsJobs() throws Exception {
    JsonNode page = json(call("GET", "/api/v1/jobs?state=RUNNING&limit=1"));
    assertEquals(id.value(), page.at("/items/0/id").asText());
    assertTrue(page.get("nextCursor").isNull());
    assertEquals(0, json(call("GET", "/api/v1/jobs?state=DEAD")).get("items").size());
  }

  @Test
  void cancelsRetriesAndDiscards() throws Exception {
    String job = "/api/v1/jobs/" + id;
    assertProblem(409, "job_active", call("POST", job + "/retry"));
    assertProblem(409, "job_active", call("DELETE", job));
    assertEquals("CANCELLED", json(call("POST", job + "/cancel")).get("state").asText());
    assertProblem(409, "job_ended", call("POST", job + "/cancel"));
    assertEquals("WAITING", json(call("POST", job + "/retry")).get("state").asText());
    call("POST", job + "/cancel");
    assertEquals(204, call("DELETE", job).statusCode());
    assertProblem(404, "not_found", call("GET", job));
    assertProblem(404, "not_found", call("DELETE", job));
  }

  @Test
  void refusesToEncodeWhatIsNotThereOrHow() throws Exception {
    String video = "/api/v1/videos/aaaaaaaaaaaaaaaaaaaa/encode";
    assertProblem(404, "not_found", call("POST", video, "{\"profile\":\"small\"}"));
    assertProblem(400, "bad_field", call("POST", video, "{\"profile\":\"tiny\"}"));
    assertProblem(400, "bad_field", call("POST", video, "{}"));
    assertProblem(400, "unknown_field", call("POST", video, "{\"quality\":1}"));
    assertProblem(400, "bad_json", call("POST", video));
  }

  @Test
  void listsTheWaysToEncode() throws Exception {
    JsonNode profiles = json(call("GET", "/api/v1/profiles")).get("items");
    assertEquals(2, profiles.size());
    assertEquals("standard", profiles.get(0).get("name").asText());
    assertEquals(23, profiles.get(0).at("/codecs/h264/crf").asInt());
    assertProblem(400, "unknown_parameter", call("GET", "/api/v1/profiles?a=b"));
  }

  @Test
  void refusesNonsense() throws Exception {
    assertProblem(400, "bad_parameter", call("GET", "/api/v1/jobs?state=asleep"));
    assertProblem(400, "bad_parameter", call("GET", "/api/v1/jobs?cursor=x"));
    assertProblem(400, "bad_parameter", call("GET", "/api/v1/jobs?limit=0"));
    assertProblem(400, "unknown_parameter", call("GET", "/api/v1/jobs?dead=1"));
    assertProblem(404, "not_found", call("GET", "/api/v1/jobs/UPPER"));
    assertProblem(405, "method_not_allowed", call("GET", "/api/v1/jobs/" + id + "/retry"));
  }

  @Test
  void needsTheKey() throws Exception {
    for (String path : List.of("/api/v1/jobs", "/api/v1/jobs/" + id)) {
      HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
      assertProblem(401, "unauthorized", client.send(request));
    }
    for (String path : List.of("/api/v1/jobs/" + id + "/cancel", "/api/v1/videos/x/encode")) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(path))
              .header("Authorization", "Bearer wrong")
              .POST(BodyPublishers.noBody())
              .build();
      assertProblem(401, "unauthorized", client.send(request));
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpResponse<byte[]> call(String method, String path) throws Exception {
    return call(method, path, "");
  }

  private HttpResponse<byte[]> call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer the-key")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static void assertProblem(int status, String code, HttpResponse<byte[]> answer)
      throws Exception {
    assertEquals(status, answer.statusCode());
    assertEquals(code, json(answer).get("code").asText());
  }
}

package dev.tritontube.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AdminCliTest {
  @TempDir Path folder;
  private FakeAdminServer server;
  private Path keyFile;

  @BeforeEach
  void start() throws Exception {
    server = new FakeAdminServer();
    keyFile = Files.writeString(folder.resolve("admin.key"), FakeAdminServer.KEY + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Result(int code, String out, String err) {
    JsonNode json() throws Exception {
      return new ObjectMapper().readTree(out);
    }

    List<String> names() throws Exception {
      return namesOf(json());
    }
  }

  private static List<String> namesOf(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Result execute(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        AdminCli.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Result run(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--server", server.address(), "--key-file", keyFile.toString()));
    all.addAll(List.of(arguments));
    return execute(Map.of(), all.toArray(String[]::new));
  }

  @Test
  void listsNodesAsJson() throws Exception {
    Result result = run("nodes", "list", "--json");
    assertEquals(0, result.code());
    assertEquals(List.of("nodes"), result.names());
    assertEquals(
        List.of(
            "id",
            "address",
            "zone",
            "weight",
            "state",
            "health",
            "replicas",
            "blobs",
            "bytes",
            "capacityBytes"),
        namesOf(result.json().get("nodes").get(0)));
    assertEquals(1L << 40, result.json().get("nodes").get(0).get("capacityBytes").asLong());
  }

  @Test
  void listsNodesAsATable() {
    String[] lines = run("nodes", "list").out().split("\n");
    assertEquals(2, lines.length);
    assertEquals(lines[0].indexOf("ADDRESS"), lines[1].indexOf("127.0.0.1:9101"));
    assertTrue(lines[1].endsWith("1.0 TiB"), lines[1]);
  }

  @Test
  void takesGlobalOptionsAfterTheCommandToo() {
    Result result =
        execute(Map.of(), "status", "--server", server.address(), "--key-file", keyFile.toString());
    assertEquals(0, result.code(), result::err);
    assertTrue(result.out().contains("under-replicated  5"), result::out);
    assertTrue(
        result.out().contains("partial (Landlock 3, seccomp, limits), open: ports, signals"),
        result::out);
    assertTrue(result.out().contains("none (limits): it is switched off"), result::out);
  }

  @Test
  void showsStatusAsJson() throws Exception {
    Result result = run("--json", "status");
    assertEquals(
        List.of("health", "epoch", "underReplicated", "nodes", "jobs", "workers"), result.names());
    assertEquals(3, result.json().at("/workers/0/sandbox/landlock").asInt());
    assertEquals("it is switched off", result.json().at("/workers/1/sandbox/reason").asText());
    assertEquals(
        List.of("waiting", "running", "retrying", "done", "dead", "cancelled"),
        namesOf(result.json().get("jobs")));
  }

  @Test
  void showsTheRingAsJson() throws Exception {
    JsonNode ring = run("--json", "ring", "show").json();
    assertEquals(List.of("epoch", "arcs", "replicas", "nodes", "change"), namesOf(ring));
    assertEquals(List.of("id", "address", "arcs", "quota"), namesOf(ring.get("nodes").get(0)));
    assertTrue(ring.get("change").isNull());
  }

  @Test
  void addsANodeAndEndsWithWhatMoved() throws Exception {
    Result result = run("--json", "nodes", "add", "127.0.0.1:9104", "--zone", "b", "--weight", "7");
    assertEquals(0, result.code(), result::err);
    assertEquals(
        List.of("epoch", "movedReplicas", "minimumReplicas", "movedBlobs", "movedBytes", "seconds"),
        result.names());
    assertEquals(3, result.json().get("epoch").asInt());
    assertEquals("b", server.added.getZone());
    assertEquals(7, server.added.getWeight());
  }

  @Test
  void addsWithoutWaiting() {
    Result result = run("nodes", "add", "127.0.0.1:9104", "--no-wait");
    assertEquals(0, result.code());
    assertTrue(server.added.getNoWait());
    assertTrue(result.out().contains("COPY"), result::out);
  }

  @Test
  void saysWhyItIsRefused() {
    Result result = run("nodes", "drain", "0000000000000001");
    assertEquals(4, result.code());
    assertTrue(result.err().contains("too few nodes"), result::err);
  }

  @Test
  void saysThatAChangeGoesOnWhenTheServerGoesAway() {
    Result result = run("nodes", "remove", "127.0.0.1:9101", "--force");
    assertEquals(3, result.code());
    assertTrue(server.removed.getForce());
    assertTrue(result.err().contains("it goes on"), result::err);
  }

  @Test
  void locatesPlansAndWatches() throws Exception {
    assertEquals(7, run("--json", "ring", "locate", "a/b").json().get("arc").asInt());
    JsonNode plan = run("--json", "ring", "plan", "add", "127.0.0.1:9104").json();
    assertEquals(12, plan.get("nodes").get(0).get("arcsAfter").asInt());
    assertTrue(run("ring", "plan", "drain", "x").out().contains("warning: zone cap"));
    assertEquals(List.of("epoch", "change"), run("--json", "ring", "status").names());
    assertEquals(
        "DONE",
        run("--json", "ring", "status", "--watch").json().get("change").get("phase").asText());
  }

  @Test
  void appliesWhatWasPlannedAtAnEpoch() throws Exception {
    Result result =
        run("--json", "ring", "apply", "add", "127.0.0.1:9104", "--weight", "7", "--if-epoch", "2");
    assertEquals(0, result.code(), result::err);
    assertEquals(3, result.json().get("epoch").asInt());
    assertEquals(2, server.added.getIfEpoch());
    assertEquals(7, server.added.getWeight());
    assertEquals(4, run("ring", "apply", "drain", "x", "--if-epoch", "2").code());
    run("ring", "apply", "remove", "x", "--force", "--if-epoch", "5");
    assertEquals(5, server.removed.getIfEpoch());
    assertEquals(2, run("ring", "apply", "drain", "x").code());
    assertEquals(2, run("ring", "apply", "drain", "x", "--if-epoch", "0").code());
  }

  @Test
  void listsJobsAcrossPages() throws Exception {
    Result result = run("--json", "jobs", "list", "--limit", "230");
    assertEquals(0, result.code(), result::err);
    assertEquals(230, result.json().get("jobs").size());
    assertEquals(50, run("--json", "jobs", "list").json().get("jobs").size());
  }

  @Test
  void listsDeadJobsWithTheirReasons() throws Exception {
    for (String which : List.of("--dead", "--state=DEAD")) {
      JsonNode jobs = run("--json", "jobs", "list", which).json().get("jobs");
      assertEquals("corrupt_media", jobs.get(0).get("reason").get("code").asText());
      assertTrue(run("jobs", "list", which).out().contains("corrupt_media"));
    }
  }

  @Test
  void showsAJob() throws Exception {
    Result result = run("--json", "jobs", "show", "running");
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
        result.names());
    assertTrue(result.json().get("progress").get("etaSeconds").isNull());
    assertEquals("1970-01-01T00:00:02Z", result.json().get("startedAt").asText());
    String text = run("jobs", "show", "running").out();
    assertTrue(text.contains("w1 makes 240p, segments 3 to 8"), text);
    assertTrue(!text.contains("\u001b"), text);
  }

  @Test
  void retriesCancelsAndDiscardsJobs() throws Exception {
    assertEquals("dead", run("--json", "jobs", "retry", "dead").json().get("id").asText());
    assertEquals(
        "[\"dead\"]",
        run("--json", "jobs", "retry", "--all-dead").json().get("retried").toString());
    assertEquals(0, run("jobs", "cancel", "running").code());
    assertEquals(List.of("discarded"), run("--json", "jobs", "discard", "dead").names());
    assertEquals(0, run("jobs", "encode", "v1", "--profile", "small").code());
    assertEquals("1 discarded", run("jobs", "discard", "--all-dead").out().strip());
    assertEquals(
        List.of(
            "retry dead",
            "retry all",
            "cancel running",
            "discard dead",
            "encode v1 small",
            "discard all"),
        server.jobs.calls);
  }

  @Test
  void saysWhichJobsAreMeant() {
    assertEquals(2, run("jobs", "retry").code());
    assertEquals(2, run("jobs", "retry", "x", "--all-dead").code());
    assertEquals(2, run("jobs", "discard").code());
    assertEquals(2, run("jobs", "encode", "v1").code());
    assertEquals(2, run("jobs", "list", "--dead", "--state", "DONE").code());
    assertEquals(2, run("jobs", "list", "--limit", "0").code());
    assertEquals(4, run("jobs", "show", "unknown").code());
  }

  @Test
  void listsAndMakesBackups() throws Exception {
    JsonNode list = run("--json", "backup", "list").json();
    assertEquals(List.of("backups"), namesOf(list));
    assertEquals(
        List.of("id", "state", "bytes", "rows", "epoch", "createdAt"),
        namesOf(list.get("backups").get(0)));
    assertEquals("2026-01-01T00:00:00Z", list.at("/backups/0/createdAt").asText());
    assertTrue(run("backup", "list").out().contains(FakeBackups.ID));
    assertEquals(77, run("--json", "backup", "create").json().get("rows").asInt());
  }

  @Test
  void restoresAndSaysWhatIsUndone() throws Exception {
    Result result = run("restore");
    assertEquals(0, result.code(), result::err);
    assertTrue(result.out().contains("after 2026-01-01T00:00:00Z is undone"), result::out);
    assertTrue(result.out().contains("2 videos were deleted"), result::out);
    assertTrue(result.out().contains("5 blobs (4.0 KiB)"), result::out);
    JsonNode report = run("--json", "restore", "--backup", "x").json();
    assertEquals("x", report.get("backup").asText());
    assertEquals(1003, report.get("epoch").asInt());
    assertEquals(4, run("restore", "--backup", "full").code());
  }

  @Test
  void saysThatTheServerDoesNotAnswer() {
    server.close();
    Result result = run("status");
    assertEquals(3, result.code());
    assertEquals("unreachable: " + server.address() + ": Connection refused", result.err().strip());
  }

  @Test
  void saysThatSomebodyElseListensThere() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerHttp(other));
      String address = "127.0.0.1:" + other.getLocalPort();
      Result result =
          execute(Map.of(), "--server", address, "--key-file", keyFile.toString(), "status");
      assertEquals(3, result.code(), result::err);
      assertTrue(result.err().contains(address), result::err);
    }
  }

  private static void answerHttp(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "127.0.0.1:99999", "http://127.0.0.1:8081", "::1:8081", ""})
  void takesOnlyAddressesAsServers(String address) {
    Result result =
        execute(Map.of(), "--server", address, "--key-file", keyFile.toString(), "status");
    assertEquals(2, result.code(), result::err);
    assertEquals("--server is HOST:PORT, not '" + address + "'", result.err().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "one\ntwo\n", "k\u0000y", "kéy"})
  void takesOnlyKeysThatAre(String content) throws Exception {
    Files.writeString(keyFile, content, ISO_8859_1);
    Result result = run("status");
    assertEquals(2, result.code(), result::err);
    assertTrue(result.err().startsWith("the key file " + keyFile), result::err);
  }

  @Test
  void saysThatTheKeyIsWrong() throws Exception {
    Files.writeString(keyFile, "other");
    Result result = run("status");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("key"), result::err);
  }

  @Test
  void saysThatThereIsNoKeyFile() throws Exception {
    Files.delete(keyFile);
    Result result = run("status");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("no key file"), result::err);
  }

  @Test
  void readsTheKeyFileNamedByTheEnvironment() {
    Result result =
        execute(
            Map.of("TRITONTUBE_KEY_FILE", keyFile.toString()),
            "--server",
            server.address(),
            "status");
    assertEquals(0, result.code(), result::err);
  }

  @Test
  void complainsAboutWhatItDoesNotKnow() {
    assertEquals(2, run("nodes", "paint").code());
    assertEquals(2, run("nodes").code());
    assertEquals(2, run("nodes", "add").code());
  }
}

package dev.tritontube.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.LocalCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Runs the admin CLI as a process, as an administrator does.
final class AdminCli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCluster cluster;

  AdminCli(LocalCluster cluster) {
    this.cluster = cluster;
  }

  record Outcome(int exitCode, String output, String errors) {
    JsonNode json() throws IOException {
      return JSON.readTree(output);
    }
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(cluster.data(), "admin", ".err");
    Process process = start(errors, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("admin " + String.join(" ", arguments) + " did not end");
    }
    return new Outcome(process.exitValue(), output, Files.readString(errors));
  }

  /// Starts a command, which remembers things below the cluster's folder.
  ///
  /// @param errors gets what it says on the error stream
  Process start(Path errors, String... arguments) throws IOException {
    ProcessBuilder command = new ProcessBuilder(cluster.adminCommand(arguments));
    command.environment().put("XDG_STATE_HOME", cluster.data().resolve("state").toString());
    command.environment().put("TRITONTUBE_WEB", cluster.webUri().toString());
    return command.redirectError(errors.toFile()).start();
  }

  /// Runs a command with `--json` that has to succeed.
  JsonNode json(String... arguments) throws IOException, InterruptedException {
    String[] withJson = new String[arguments.length + 1];
    withJson[0] = "--json";
    System.arraycopy(arguments, 0, withJson, 1, arguments.length);
    Outcome outcome = run(withJson);
    if (outcome.exitCode() != 0) {
      throw new AssertionError("admin " + String.join(" ", arguments) + " ended with " + outcome);
    }
    return outcome.json();
  }

  /// All nodes are up, and no replica is missing.
  boolean healthy() throws IOException, InterruptedException {
    return holds(status -> isHealthy(status) && isReplicated(status));
  }

  /// No replica is missing.
  boolean replicated() throws IOException, InterruptedException {
    return holds(AdminCli::isReplicated);
  }

  boolean hasLiveBlobs(long blobs) throws IOException, InterruptedException {
    return holds(status -> liveBlobs(status) == blobs);
  }

  /// Live blobs on all nodes together, each replica counted.
  long liveBlobs() throws IOException, InterruptedException {
    return liveBlobs(json("nodes", "list"));
  }

  /// What is waited for is asked for by REST, since starting a program again and again takes most
  /// of a processor; the command has the last word.
  private boolean holds(Predicate<JsonNode> condition) throws IOException, InterruptedException {
    return condition.test(cluster.rest().json("/api/v1/cluster/status"))
        && condition.test(json("status"));
  }

  private static boolean isHealthy(JsonNode status) {
    return status.get("health").asText().equals("OK");
  }

  private static boolean isReplicated(JsonNode status) {
    return status.get("underReplicated").asLong() == 0;
  }

  private static long liveBlobs(JsonNode report) {
    long blobs = 0;
    for (JsonNode node : report.get("nodes")) {
      blobs += node.get("blobs").asLong();
    }
    return blobs;
  }
}

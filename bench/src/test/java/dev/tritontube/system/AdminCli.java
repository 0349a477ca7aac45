package dev.tritontube.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.LocalCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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

  long underReplicated() throws IOException, InterruptedException {
    return json("status").get("underReplicated").asLong();
  }

  /// All nodes are up, and no replica is missing.
  boolean healthy() throws IOException, InterruptedException {
    JsonNode status = json("status");
    return status.get("health").asText().equals("OK")
        && status.get("underReplicated").asLong() == 0;
  }

  /// Live blobs on all nodes together, each replica counted.
  long liveBlobs() throws IOException, InterruptedException {
    long blobs = 0;
    for (JsonNode node : json("nodes", "list").get("nodes")) {
      blobs += node.get("blobs").asLong();
    }
    return blobs;
  }
}

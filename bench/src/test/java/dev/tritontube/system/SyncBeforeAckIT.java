package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operating system sees: on every node that a blob goes to, its bytes are synced before
/// the answer leaves.
class SyncBeforeAckIT {
  private static final int MARKER_BYTES = 3_000_000;

  @TempDir private Path folder;

  @Test
  void everyNodeSyncsBetweenTheWriteOfABlobAndItsAnswer() throws Exception {
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      byte[] clip = Clips.small(folder);
      cluster.rest().upload(BodyPublishers.ofByteArray(clip), "warm-up");
      for (int node = 1; node <= 3; node++) {
        assertSyncsBeforeAnswer(cluster, node, clip);
      }
    }
  }

  private void assertSyncsBeforeAnswer(LocalCluster cluster, int node, byte[] clip)
      throws Exception {
    Path trace = folder.resolve("trace-" + node);
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-y",
                "-tt",
                "-e",
                "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,sendmsg,sendto",
                "-e",
                "signal=none",
                "-s",
                "0",
                "-o",
                trace.toString(),
                "-p",
                Long.toString(cluster.node(node).pid()))
            .redirectErrorStream(true)
            .start();
    try {
      Eventually.within(Duration.ofSeconds(20), "strace is attached", () -> Files.exists(trace));
      cluster
          .rest()
          .upload(BodyPublishers.ofByteArray(Clips.variant(clip, node, MARKER_BYTES)), "traced");
    } finally {
      new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
      strace.waitFor(10, TimeUnit.SECONDS);
      strace.destroyForcibly();
    }
    List<String> calls = Files.readAllLines(trace);
    int written = lastIndex(calls, SyncBeforeAckIT::writesBlobBytes);
    assertTrue(written >= 0, "the trace of node " + node + " has no large write to a volume");
    int synced = firstIndexAfter(calls, written, SyncBeforeAckIT::syncs);
    int answered =
        firstIndexAfter(
            calls, firstIndex(calls, SyncBeforeAckIT::writesBlobBytes), SyncBeforeAckIT::answers);
    assertTrue(synced > written, "node " + node + " never synced after its last write");
    int firstSync =
        firstIndexAfter(
            calls, firstIndex(calls, SyncBeforeAckIT::writesBlobBytes), SyncBeforeAckIT::syncs);
    assertTrue(
        answered < 0 || firstSync < answered,
        "node " + node + " sent something before it synced:\n" + answered);
  }

  private interface Call {
    boolean matches(String line);
  }

  private static int firstIndex(List<String> calls, Call call) {
    return firstIndexAfter(calls, -1, call);
  }

  private static int firstIndexAfter(List<String> calls, int start, Call call) {
    for (int i = start + 1; i < calls.size(); i++) {
      if (call.matches(calls.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndex(List<String> calls, Call call) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (call.matches(calls.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean writesBlobBytes(String line) {
    return (line.contains("pwrite") || line.contains("writev") || line.contains("write("))
        && line.contains(".ttv>")
        && bytes(line) > 100_000;
  }

  private static boolean syncs(String line) {
    return (line.contains("fdatasync") || line.contains("fsync"))
        && line.contains(".ttv>")
        && line.endsWith("= 0");
  }

  /// An answer to a put is the only thing of more than a window update that a node sends while it
  /// takes in a blob.
  private static boolean answers(String line) {
    return line.contains("TCP") && line.contains("writev") && bytes(line) > 60;
  }

  private static long bytes(String line) {
    int equals = line.lastIndexOf("= ");
    try {
      return Long.parseLong(line.substring(equals + 2).trim().split(" ")[0]);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

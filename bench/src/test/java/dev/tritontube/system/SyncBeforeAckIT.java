package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operating system sees: on every node that a blob goes to, its bytes are synced before
/// the answer leaves.
class SyncBeforeAckIT {
  private static final int MARKER_BYTES = 3_000_000;
  private static final String UNFINISHED = " <unfinished ...>";
  private static final Pattern RESULT = Pattern.compile("= (\\d+)$");
  private static final Pattern RECEIVED =
      Pattern.compile("(?:read|readv|recvfrom|recvmsg)\\(\\d+<(socket:\\[\\d+])>");

  /// A write that begins with a HEADERS frame (RFC 9113, section 6.2): its fourth byte is 1.
  private static final Pattern SENT_HEADERS =
      Pattern.compile("(?:write|send).*\"\\\\x00\\\\x00\\\\x[0-9a-f]{2}\\\\x01");

  @TempDir private Path folder;

  @Test
  void everyNodeSyncsBetweenTheWriteOfABlobAndItsAnswer() throws Exception {
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      byte[] clip = Clips.small(folder);
      for (int node = 1; node <= 3; node++) {
        assertSyncsBeforeAnswer(cluster, node, clip);
      }
    }
  }

  private void assertSyncsBeforeAnswer(LocalCluster cluster, int node, byte[] clip)
      throws Exception {
    Path trace = folder.resolve("trace-" + node);
    String traced =
        "trace=read,readv,recvfrom,recvmsg,write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync";
    List<String> command =
        List.of("strace", "-f", "-y", "-x", "-s", "9", "-e", traced, "-e", "signal=none", "-o");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(trace.toString(), "-p", Long.toString(cluster.node(node).pid())));
    Process strace =
        new ProcessBuilder(all)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    try {
      Eventually.holds("strace is attached", () -> Files.exists(trace));
      cluster
          .rest()
          .upload(BodyPublishers.ofByteArray(Clips.variant(clip, node, MARKER_BYTES)), "traced");
      Eventually.holds(
          "node " + node + " writes a blob and answers", () -> answered(calls(trace)) >= 0);
    } finally {
      new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
      strace.waitFor(10, TimeUnit.SECONDS);
      strace.destroyForcibly();
    }
    List<String> calls = calls(trace);
    int synced = firstAfter(calls, written(calls), SyncBeforeAckIT::syncs);
    assertTrue(
        synced >= 0 && synced < answered(calls),
        "node " + node + " answered before it had synced what it wrote");
  }

  private static List<String> calls(Path trace) throws IOException {
    return whole(Files.readAllLines(trace));
  }

  /// Puts the halves of calls together that others came between, at the place where the call ended.
  private static List<String> whole(List<String> lines) {
    Map<String, String> begun = new HashMap<>();
    List<String> calls = new ArrayList<>();
    for (String line : lines) {
      String thread = line.substring(0, Math.max(0, line.indexOf(' ')));
      int resumed = line.indexOf(" resumed>");
      if (line.endsWith(UNFINISHED)) {
        begun.put(thread, line.substring(0, line.length() - UNFINISHED.length()));
      } else if (resumed >= 0) {
        calls.add(begun.getOrDefault(thread, "") + line.substring(resumed + " resumed>".length()));
      } else {
        calls.add(line);
      }
    }
    return calls;
  }

  /// Where the first blob was written, or -1.
  private static int written(List<String> calls) {
    return firstAfter(calls, -1, SyncBeforeAckIT::writesBlobBytes);
  }

  /// Where the answer to it left, or -1.
  private static int answered(List<String> calls) {
    int written = written(calls);
    if (written < 0) {
      return -1;
    }
    String connection = busiestConnection(calls.subList(0, written));
    return firstAfter(
        calls, written, call -> call.contains(connection) && SENT_HEADERS.matcher(call).find());
  }

  /// The socket that the most bytes came from: that of the blob.
  private static String busiestConnection(List<String> calls) {
    Map<String, Long> received = new HashMap<>(Map.of("none", 0L));
    for (String line : calls) {
      Matcher call = RECEIVED.matcher(line);
      if (call.find()) {
        received.merge(call.group(1), bytes(line), Long::sum);
      }
    }
    return Collections.max(received.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private interface Call {
    boolean matches(String line);
  }

  private static int firstAfter(List<String> calls, int start, Call call) {
    for (int i = start + 1; i < calls.size(); i++) {
      if (call.matches(calls.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean writesBlobBytes(String line) {
    return line.contains("write") && line.contains(".ttv>") && bytes(line) > 100_000;
  }

  private static boolean syncs(String line) {
    return line.contains("sync(") && line.contains(".ttv>") && line.endsWith("= 0");
  }

  private static long bytes(String line) {
    Matcher result = RESULT.matcher(line);
    return result.find() ? Long.parseLong(result.group(1)) : 0;
  }
}

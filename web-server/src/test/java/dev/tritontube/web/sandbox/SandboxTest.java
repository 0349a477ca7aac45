package dev.tritontube.web.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a shell cannot do in the sandbox, and what it can: it does by itself, without another
/// program, what a taken over decoder would do.
class SandboxTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void find() throws Exception {
    Optional<Sandbox> found = Sandbox.find(List.of(BASH), "");
    assumeTrue(found.isPresent() && found.get().protection().complete(), "Linux 6.12");
    sandbox = found.get();
  }

  private record Ran(int code, String output, String error) {}

  private Process start(String script, Optional<Path> writable, OptionalInt port)
      throws IOException {
    return sandbox.start(
        new Launch(
            List.of(BASH.toString(), "-c", script), Map.of("TOLD", "yes"), 1, writable, port));
  }

  private Ran run(String script, Optional<Path> writable, OptionalInt port) throws Exception {
    Process process = start(script, writable, port);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8).strip();
    return new Ran(process.waitFor(), output, error);
  }

  private Ran run(String script) throws Exception {
    return run(script, Optional.empty(), OptionalInt.empty());
  }

  private void assertRefused(String reason, Ran ran) {
    assertEquals(ran.output(), "", ran::toString);
    assertTrue(ran.error().contains(reason), ran::toString);
    assertFalse(ran.code() == 0, ran::toString);
  }

  @Test
  void runsWithItsArgumentsAndNoOtherEnvironment() throws Exception {
    Ran ran = run("echo \"$TOLD,$HOME,$JAVA_HOME\"; echo oops >&2; read line; exit 7");
    assertEquals(new Ran(7, "yes,,", "oops"), ran);
  }

  /// So that the system hangs up on it when it stands still and this process is killed.
  @Test
  void isAGroupOfItsOwnInTheSessionOfWhoStartedIt() throws Exception {
    Process process = start("while :; do :; done", Optional.empty(), OptionalInt.empty());
    try {
      List<String> its = groupAndSession(Long.toString(process.pid()));
      assertEquals(Long.toString(process.pid()), its.getFirst());
      assertEquals(groupAndSession("self").getLast(), its.getLast());
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static List<String> groupAndSession(String process) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")).subList(2, 4);
  }

  @Test
  void tellsWhichSignalKilledIt() throws Exception {
    Process process = start("while :; do :; done", Optional.empty(), OptionalInt.empty());
    assertTrue(process.isAlive());
    assertThrows(IllegalThreadStateException.class, process::exitValue);
    assertFalse(process.waitFor(1, TimeUnit.MILLISECONDS));
    process.destroyForcibly();
    assertEquals(128 + 9, process.waitFor());
    assertEquals(128 + 9, process.exitValue());
    assertFalse(process.isAlive());
    assertEquals(Optional.empty(), ProcessHandle.of(process.pid()));
  }

  @Test
  void aProgramThatIsNotThereIsToldAtOnce() {
    Launch launch =
        new Launch(
            List.of("/bin/no-such-program"), Map.of(), 0, Optional.empty(), OptionalInt.empty());
    assertThrows(IOException.class, () -> sandbox.start(launch));
  }

  @Test
  void readsNoFileButItsLibraries() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "key\n");
    for (String file : List.of(secret.toString(), "/etc/passwd", "/proc/self/environ")) {
      assertRefused("Permission denied", run("read line < " + file + " && echo \"$line\""));
    }
    assertEquals("/home/* /tmp/* /etc/*", run("echo /home/* /tmp/* /etc/*").output());
  }

  @Test
  void writesNoFileButThoseOfItsFolder() throws Exception {
    Path beside = Files.writeString(folder.resolve("beside"), "as it was");
    Path own = Files.createDirectory(folder.resolve("own"));
    Path there = Files.createFile(own.resolve("there"));
    Optional<Path> writable = Optional.of(own);
    assertRefused("Permission denied", run("echo x > " + beside, writable, OptionalInt.empty()));
    assertRefused(
        "Permission denied", run("echo x > " + own + "/new", writable, OptionalInt.empty()));
    assertEquals(new Ran(0, "", ""), run("echo x >> " + there, writable, OptionalInt.empty()));
    assertEquals("as it was", Files.readString(beside));
    assertEquals("x\n", Files.readString(there));
    assertFalse(Files.exists(own.resolve("new")));
  }

  @Test
  void connectsToItsPortAlone() throws Exception {
    try (ServerSocket relay = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      OptionalInt port = OptionalInt.of(relay.getLocalPort());
      Process process = start(connect("tcp", relay.getLocalPort()), Optional.empty(), port);
      try (Socket arrived = relay.accept()) {
        arrived.getOutputStream().write("hello\n".getBytes(UTF_8));
      }
      assertEquals("hello", new String(process.getInputStream().readAllBytes(), UTF_8).strip());
      assertEquals(0, process.waitFor());

      Ran elsewhere = run(connect("tcp", other.getLocalPort()), Optional.empty(), port);
      assertRefused("Permission denied", elsewhere);
      Ran without = run(connect("tcp", relay.getLocalPort()));
      assertRefused("Operation not permitted", without);
      Ran datagrams = run(connect("udp", relay.getLocalPort()), Optional.empty(), port);
      assertRefused("Operation not permitted", datagrams);
    }
  }

  private static String connect(String protocol, int port) {
    return "exec 3<>/dev/" + protocol + "/127.0.0.1/" + port + " && read -u 3 line && echo $line";
  }

  @Test
  void touchesNoOtherProcess() throws Exception {
    long parent = ProcessHandle.current().pid();
    assertRefused("Operation not permitted", run("kill -0 " + parent));
    for (String file : List.of("mem", "environ", "cmdline", "root/etc/passwd")) {
      String path = "/proc/" + parent + "/" + file;
      assertRefused("Permission denied", run("read line < " + path + " && echo \"$line\""));
    }
  }

  @Test
  void startsNoOtherProgram() throws Exception {
    assertRefused("Operation not permitted", run("echo $(echo x); exit 1"));
    assertRefused("Permission denied", run("exec /bin/cat /etc/passwd"));
  }

  @Test
  void hasNoPrivilegesAndNoDescriptorsOfTheServer() throws Exception {
    try (ServerSocket relay = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      OptionalInt port = OptionalInt.of(relay.getLocalPort());
      Process process = start(connect("tcp", relay.getLocalPort()), Optional.empty(), port);
      try (Socket arrived = relay.accept()) {
        Path proc = Path.of("/proc/" + process.pid());
        Map<String, String> status = status(proc.resolve("status"));
        assertEquals("1", status.get("NoNewPrivs"));
        assertEquals("2", status.get("Seccomp"));
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
          assertEquals(bounds(set), status.get(set), set);
        }
        assertEquals(Set.of("0", "1", "2", "3"), names(proc.resolve("fd")));
        assertEquals(Long.toString(process.pid()), status.get("NSpgid"));
        arrived.getOutputStream().write('\n');
      }
      assertEquals(0, process.waitFor());
    }
  }

  /// Only who may may take capabilities from the bounding set; without privileges that does not
  /// matter, since no program can gain any.
  private static String bounds(String set) throws IOException {
    Map<String, String> ours = status(Path.of("/proc/self/status"));
    boolean privileged = !ours.getOrDefault("CapEff", "").equals("0000000000000000");
    return set.equals("CapBnd") && !privileged ? ours.getOrDefault(set, "") : "0000000000000000";
  }

  /// Starts at once, from virtual threads too, leave nothing of the sandbox in the server.
  @Test
  void leavesTheServersOwnThreadsFree() throws Exception {
    Map<String, String> before = status(Path.of("/proc/self/status"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Ran>> all =
          Stream.generate(() -> threads.submit(() -> run("echo x"))).limit(40).toList();
      for (Future<Ran> each : all) {
        assertEquals(new Ran(0, "x", ""), each.get());
      }
    }
    for (String task : names(Path.of("/proc/self/task"))) {
      Path file = Path.of("/proc/self/task", task, "status");
      if (Files.exists(file)) {
        Map<String, String> status = status(file);
        for (String part : List.of("Seccomp_filters", "NoNewPrivs", "CapBnd", "CapEff")) {
          assertEquals(before.get(part), status.get(part), status::toString);
        }
      }
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Map<String, String> status(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split(":\\s*", 2))
        .collect(Collectors.toMap(line -> line[0], line -> line[1].strip(), (one, _) -> one));
  }
}

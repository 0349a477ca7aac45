package dev.tritontube.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files made to hurt go through real uploads to a worker in its sandbox, and strace looks on: each
/// ends as it should, nothing else is touched, nobody falls over, and nothing is left.
@Order(2)
class HostileMediaIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 6;
  private static final int MUTANTS = Integer.getInteger("tritontube.mutants", 1_000);

  /// Longer than any limit on a program.
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /// Of one program.
  private static final long MOST_MEMORY = 1L << 30;

  private static final Set<String> OUTCOMES =
      Set.of(
          Crafted.PLAYS,
          Crafted.CORRUPT,
          Crafted.NO_STREAMS,
          Crafted.NO_CODEC,
          Crafted.PIXELS,
          Crafted.LIMIT,
          Crafted.LONG,
          Crafted.REFUSED,
          "unsupported_media");

  @TempDir private Path folder;
  private LocalCluster cluster;
  private TracedWorker worker;
  private RestClient rest;
  private Bases bases;
  private Canary canary;

  @BeforeEach
  void start() throws Exception {
    bases = Bases.make(Files.createDirectory(folder.resolve("bases")));
    canary = new Canary(folder, bases.mp4());
    cluster =
        new LocalCluster(
            Installation.fromSystemProperty(),
            Settings.in(folder.resolve("data"))
                .with("TRITONTUBE_ROLES", "web")
                .with("TRITONTUBE_RATE_LIMIT", "0"));
    cluster.start(1);
    rest = cluster.rest();
    worker = TracedWorker.start(cluster, folder);
    until("the worker is there", worker::works);
  }

  @AfterEach
  void stop() {
    worker.close();
    cluster.close();
    canary.close();
  }

  @Test
  void everySecondFileEndsAsItShould() throws Exception {
    endAsTheyShould(0);
  }

  @Test
  @Tag("soak")
  void theOtherFilesEndAsTheyShould() throws Exception {
    endAsTheyShould(1);
  }

  /// @param first of the files, of which every second one is taken: some of each kind
  private void endAsTheyShould(int first) throws Exception {
    List<Crafted> corpus = Corpus.of(bases, canary);
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = first; i < corpus.size(); i += 2) {
      expected.put(corpus.get(i).name(), corpus.get(i).outcome());
      files.put(corpus.get(i).name(), corpus.get(i).bytes());
    }
    assertTrue(files.size() >= 60, () -> files.size() + " files of different names");
    assertEquals(lines(expected), lines(outcomes(files)));
    assertNothingElseHappened(files.size());
  }

  @Test
  @Tag("soak")
  void filesThatWereChangedByChanceEndSomehow() throws Exception {
    long seed = Long.getLong("tritontube.seed", new Random().nextLong());
    System.out.println("-Dtritontube.seed=" + seed);
    List<byte[]> from = new ArrayList<>(bases.all());
    Corpus.of(bases, canary).stream()
        .map(Crafted::bytes)
        .filter(bytes -> bytes.length < 200_000)
        .forEach(from::add);
    Mutants mutants = new Mutants(from, seed);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < MUTANTS; i++) {
      files.put("mutant " + i, mutants.next());
    }
    Map<String, String> strange = outcomes(files);
    strange.values().removeAll(OUTCOMES);
    assertEquals(Map.of(), strange, () -> "seed " + seed);
    assertNothingElseHappened(files.size());
  }

  /// One under the other, so that a difference shows.
  private static String lines(Map<String, String> outcomes) {
    List<String> lines = new ArrayList<>();
    outcomes.forEach((name, outcome) -> lines.add(name + ": " + outcome));
    return String.join("\n", lines);
  }

  private Map<String, String> outcomes(Map<String, byte[]> files) throws Exception {
    Map<String, Future<Sent>> coming = new LinkedHashMap<>();
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      files.forEach((name, bytes) -> coming.put(name, threads.submit(() -> send(bytes))));
    }
    for (Map.Entry<String, Future<Sent>> each : coming.entrySet()) {
      outcomes.put(each.getKey(), outcome(each.getKey(), each.getValue().get()));
    }
    return outcomes;
  }

  /// @param id of the video; empty when it was refused
  private record Sent(String id, String refusal) {}

  /// Uploads a file and waits for its end; not for ever, since the rest of a long film waits while
  /// others come.
  private Sent send(byte[] file) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        rest.send(
            rest.request("/api/v1/videos?title=hostile")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(file))
                .build());
    JsonNode document = JSON.readTree(answer.body());
    if (answer.statusCode() != 201) {
      return new Sent("", "refused:" + document.path("code").asText());
    }
    String id = document.get("id").asText();
    within(() -> ended(id));
    return new Sent(id, "");
  }

  /// What becomes of a file when no others come. It may take long, but never stands still.
  private String outcome(String name, Sent sent) throws IOException {
    String id = sent.id();
    if (id.isEmpty()) {
      return sent.refusal();
    }
    while (!ended(id)) {
      int before = percent(id);
      until(name + " goes on at " + before + " %", () -> ended(id) || percent(id) > before);
    }
    JsonNode video = rest.video(id);
    boolean completed = video.get("status").asText().equals("COMPLETED");
    // A file that was cut off plays as far as it goes, and says so.
    return completed ? Crafted.PLAYS : video.at("/error/code").asText();
  }

  private boolean ended(String id) throws IOException {
    return Set.of("COMPLETED", "FAILED").contains(rest.video(id).get("status").asText());
  }

  private int percent(String id) throws IOException {
    return rest.video(id).at("/progress/percent").asInt();
  }

  private void assertNothingElseHappened(int uploads) throws Exception {
    assertTrue(rest.ready());
    assertTrue(worker.works());
    until("no program runs", () -> worker.programs().isEmpty());
    until("no pipe is left", () -> leftovers().isEmpty());
    deleteAll();
    worker.close();
    assertEquals(List.of(), canary.asked());
    Trace trace = worker.trace();
    assertTrue(trace.starts() > uploads / 2, () -> trace.starts() + " programs");
    assertEquals(Set.of(), trace.opened(cluster.data().resolve("work")));
    assertEquals(List.of(), trace.others());
    assertEquals(1, trace.connections().size(), () -> trace.connections().toString());
    assertFalse(trace.connections().contains("127.0.0.1:" + canary.port()));
    assertFalse(worker.log().contains("to be tried again"), worker::toString);
    Map<String, Long> peaks = worker.peaks();
    for (String program : List.of("ffmpeg", "ffprobe")) {
      assertTrue(peaks.getOrDefault(program, 0L) < MOST_MEMORY, peaks::toString);
    }
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> found = Files.walk(cluster.data().resolve("work"))) {
      return found.filter(path -> path.toString().contains("encode-")).toList();
    }
  }

  private void deleteAll() throws IOException {
    JsonNode videos = rest.json("/api/v1/videos?limit=100").get("items");
    while (!videos.isEmpty()) {
      for (JsonNode video : videos) {
        rest.delete(video.get("id").asText());
      }
      videos = rest.json("/api/v1/videos?limit=100").get("items");
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(String what, Condition condition) throws IOException {
    if (!within(condition)) {
      throw new AssertionError("not within " + PATIENCE + ": " + what);
    }
  }

  private static boolean within(Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return true;
  }
}

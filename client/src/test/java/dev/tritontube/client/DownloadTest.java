package dev.tritontube.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tritontube.client.TritonTubeException.Corrupt;
import dev.tritontube.client.TritonTubeException.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final int SIZE = 3 << 20;

  @TempDir private Path folder;
  private final TestWorld time = new TestWorld();
  private final byte[] bytes = new byte[SIZE];
  private String sha256 = "";
  private Path target;
  private FakeServer server;
  private TritonTube tube;

  @BeforeEach
  void start() throws Exception {
    new Random(5).nextBytes(bytes);
    sha256 = HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    target = folder.resolve("copy.mp4");
    server = new FakeServer().otherwise(exchange -> send(exchange, bytes, SIZE));
    tube = TritonTube.at(server.address()).apiKey("k1").in(time.world()).open();
  }

  @AfterEach
  void stop() {
    tube.close();
    server.close();
  }

  /// Answers as a server does that knows of ranges.
  ///
  /// @param most after how many bytes it hangs up
  private void send(HttpExchange exchange, byte[] content, int most) throws IOException {
    exchange.getResponseHeaders().set("ETag", '"' + sha256 + '"');
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"x\"; filename*=UTF-8''K%C3%BCste.mp4");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(SIZE));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    assertEquals('"' + sha256 + '"', exchange.getRequestHeaders().getFirst("If-Range"));
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE));
    exchange.sendResponseHeaders(206, SIZE - from);
    exchange.getResponseBody().write(content, from, Math.min(most, SIZE - from));
    exchange.getResponseBody().flush();
  }

  private FakeServer.Answer cutAfter(int most) {
    return exchange -> send(exchange, bytes, most);
  }

  /// The answer to the HEAD that comes first.
  private FakeServer.Answer head() {
    return cutAfter(SIZE);
  }

  private Path part() {
    return folder.resolve(".tritontube-" + sha256.substring(0, 16) + ".part");
  }

  private List<String> ranges() {
    return server.asked.stream()
        .filter(asked -> asked.method().equals("GET"))
        .map(asked -> asked.header("Range"))
        .toList();
  }

  private void assertOnlyTheTargetIsThere() throws IOException {
    assertArrayEquals(bytes, Files.readAllBytes(target));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void downloadsAFile() throws Exception {
    List<Long> told = new CopyOnWriteArrayList<>();
    Videos.Original original =
        tube.videos().download("v1", target, (done, total) -> told.add(done));
    assertOnlyTheTargetIsThere();
    assertEquals(new Videos.Original("Küste.mp4", SIZE, sha256), original);
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(SIZE, told.getLast());
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    server.then(head()).then(cutAfter(1 << 20)).then(FakeServer.busy(1)).then(cutAfter(1 << 20));
    tube.videos().download("v1", target);
    assertOnlyTheTargetIsThere();
    assertEquals(
        List.of("bytes=0-", "bytes=1048576-", "bytes=1048576-", "bytes=2097152-"), ranges());
  }

  @Test
  void goesOnWhereAnotherProgramDied() throws Exception {
    Files.write(part(), Arrays.copyOf(bytes, 1_000_000));
    tube.videos().download("v1", target);
    assertOnlyTheTargetIsThere();
    assertEquals(List.of("bytes=1000000-"), ranges());
  }

  @Test
  void asksForNothingMoreOfAFileThatIsThere() throws Exception {
    Files.write(part(), bytes);
    tube.videos().download("v1", target);
    assertOnlyTheTargetIsThere();
    assertEquals(List.of(), ranges());
  }

  @Test
  void beginsAnewWhereThereAreNoRanges() throws Exception {
    Files.write(part(), new byte[1_000_000]);
    server
        .then(head())
        .then(
            exchange -> {
              exchange.getResponseHeaders().set("ETag", '"' + sha256 + '"');
              exchange.sendResponseHeaders(200, SIZE);
              exchange.getResponseBody().write(bytes);
            });
    tube.videos().download("v1", target);
    assertOnlyTheTargetIsThere();
  }

  @Test
  void leavesNothingOfWhatIsCorrupt() {
    byte[] other = bytes.clone();
    other[SIZE / 2]++;
    server.then(head()).then(exchange -> send(exchange, other, SIZE));
    assertThrows(Corrupt.class, () -> tube.videos().download("v1", target));
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part()));
  }

  @Test
  void keepsWhatHasComeWhenItGivesUp() {
    server.then(head()).then(cutAfter(1 << 20)).then(FakeServer.problem(404, "not_found"));
    assertThrows(Refused.class, () -> tube.videos().download("v1", target));
    assertFalse(Files.exists(target));
    assertTrue(Files.exists(part()));
  }

  @Test
  void replacesAFileOnlyWhenAsked() throws Exception {
    Files.writeString(target, "mine");
    assertThrows(FileAlreadyExistsException.class, () -> tube.videos().download("v1", target));
    assertEquals("mine", Files.readString(target));
    tube.videos().download("v1", target, Progress.IGNORED, StandardCopyOption.REPLACE_EXISTING);
    assertOnlyTheTargetIsThere();
  }

  @Test
  void writesToAFileAloneOrNotAtAll() throws Exception {
    try (FileChannel other =
        FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertTrue(other.lock().isValid());
      assertThrows(IOException.class, () -> tube.videos().download("v1", target));
    }
    assertThrows(
        NoSuchFileException.class,
        () -> tube.videos().download("v1", folder.resolve("no/where.mp4")));
  }

  @Test
  void takesNoFolderForAName() throws Exception {
    server.then(
        exchange -> {
          exchange.getResponseHeaders().set("ETag", '"' + sha256 + '"');
          exchange
              .getResponseHeaders()
              .set("Content-Disposition", "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd");
          exchange.getResponseHeaders().set("Content-Length", "5");
          exchange.sendResponseHeaders(200, -1);
        });
    assertEquals("__.._etc_passwd", tube.videos().original("v1").fileName());
  }
}

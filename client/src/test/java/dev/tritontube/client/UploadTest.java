package dev.tritontube.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.client.TritonTubeException.Refused;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final int SIZE = 3 << 20;

  private final TestWorld time = new TestWorld();
  private final FakeUpload upload = new FakeUpload();
  private final byte[] bytes = new byte[SIZE];
  private final Source film = Source.of("film.mp4", bytes);
  private FakeServer server;
  private TritonTube tube;

  @BeforeEach
  void start() throws Exception {
    new Random(5).nextBytes(bytes);
    server = new FakeServer().otherwise(upload);
    tube = TritonTube.at(server.address()).apiKey("k1").in(time.world()).open();
  }

  @AfterEach
  void stop() {
    tube.close();
    server.close();
  }

  /// An upload whose next requests are answered by these, after the first two: how far it is, and
  /// the first piece.
  private Upload begun(FakeServer.Answer... answers) throws IOException {
    Upload begun = tube.uploads().begin(film, NewVideo.titled("Film"));
    server.then(upload).then(upload);
    List.of(answers).forEach(server::then);
    return begun;
  }

  @Test
  void uploadsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("film.mp4"), bytes);
    Video video =
        tube.uploads()
            .upload(
                file,
                NewVideo.titled("Film")
                    .withTags("sea", "night")
                    .withVisibility(Visibility.PUBLIC)
                    .withDescription("Über"));
    assertEquals("v1", video.id());
    assertArrayEquals(bytes, upload.bytes());
    assertEquals("film.mp4", upload.metadata.get("filename"));
    assertEquals("Film", upload.metadata.get("title"));
    assertEquals("sea,night", upload.metadata.get("tags"));
    assertEquals("public", upload.metadata.get("visibility"));
    assertEquals("1.0.0", server.asked.getFirst().header("Tus-resumable"));
  }

  @Test
  void sendsLargeFilesInPieces() throws Exception {
    byte[] large = new byte[Upload.FIRST_BYTES + Upload.PIECE_BYTES + 5];
    new Random(6).nextBytes(large);
    List<Long> told = new CopyOnWriteArrayList<>();
    tube.uploads()
        .upload(
            Source.of("large.mp4", large), NewVideo.untitled(), (done, total) -> told.add(done));
    assertArrayEquals(large, upload.bytes());
    assertEquals(3, patches());
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(large.length, told.getLast());
  }

  private long patches() {
    return server.asked.stream()
        .filter(asked -> asked.toString().equals("PATCH " + FakeUpload.PATH))
        .count();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    Upload broken = begun(upload.cutAfter(1 << 20), upload, upload.cutAfter(1 << 20));
    assertEquals("v1", broken.send(film, Progress.IGNORED).id());
    assertArrayEquals(bytes, upload.bytes());
    assertEquals(SIZE, upload.arrived()); // Nothing twice.
    assertEquals(1 + 3, patches());
    assertEquals(2, time.pauses.size());
  }

  @Test
  void goesOnWhenTheServerIsBusy() throws Exception {
    begun(FakeServer.busy(5)).send(film, Progress.IGNORED);
    assertArrayEquals(bytes, upload.bytes());
    assertEquals(List.of(Duration.ofSeconds(5)), time.pauses);
  }

  @Test
  void asksAgainWhereToGoOn() throws Exception {
    begun(FakeServer.problem(409, "wrong_offset")).send(film, Progress.IGNORED);
    assertArrayEquals(bytes, upload.bytes());
  }

  @Test
  void leavesAnUploadToWhoeverTookItOver() throws Exception {
    Upload taken = begun(FakeServer.problem(409, "taken_over"));
    assertEquals(
        "taken_over", assertThrows(Refused.class, () -> taken.send(film, Progress.IGNORED)).code());
  }

  @Test
  void givesUpWhenNothingGoesForward() throws Exception {
    Upload stuck = begun();
    for (int i = 0; i < Retries.STANDARD.inARow(); i++) {
      server.then(FakeServer.problem(503, "storage_unavailable")).then(upload);
    }
    server.then(FakeServer.problem(503, "storage_unavailable"));
    assertThrows(Refused.class, () -> stuck.send(film, Progress.IGNORED));
    assertEquals(1 + Retries.STANDARD.inARow() + 1, patches());
    assertEquals(Upload.FIRST_BYTES, upload.arrived());
  }

  @Test
  void goesOnForAsLongAsSomethingGoesForward() throws Exception {
    Upload slow = begun();
    for (int i = 0; i < 3 * Retries.STANDARD.inARow(); i++) {
      server.then(upload.cutAfter(1000)).then(upload);
    }
    slow.send(film, Progress.IGNORED);
    assertArrayEquals(bytes, upload.bytes());
  }

  @Test
  void goesOnInAnotherProgram() throws Exception {
    Upload broken = begun(upload.cutAfter(1 << 20));
    URI address = broken.address();
    // The first program dies.
    try (TritonTube hasty =
        TritonTube.at(server.address()).retries(Retries.NONE).in(time.world()).open()) {
      assertThrows(
          TritonTubeException.class,
          () -> hasty.uploads().resume(address).send(film, Progress.IGNORED));
    }
    Upload resumed = tube.uploads().resume(URI.create(address.toString()));
    assertEquals(Upload.FIRST_BYTES + (1 << 20), resumed.status().offset());
    assertEquals("v1", resumed.send(film, Progress.IGNORED).id());
    assertEquals(SIZE, upload.arrived());
    assertEquals(new Upload.Made("v1"), resumed.status().video());
    // Once more comes to the same.
    assertEquals("v1", resumed.send(film, Progress.IGNORED).id());
    assertEquals(SIZE, upload.arrived());
  }

  @Test
  void sendsNoOtherFileThanTheOneThatWasBegun() throws Exception {
    Upload begun = begun();
    assertThrows(
        IllegalArgumentException.class,
        () -> begun.send(Source.of("film.mp4", new byte[5]), Progress.IGNORED));
    assertThrows(
        IllegalArgumentException.class,
        () -> tube.uploads().resume(URI.create(server.address() + "/api/v1/videos/v1")));
    assertThrows(
        IllegalArgumentException.class,
        () -> tube.uploads().resume(URI.create("http://elsewhere.example/api/v1/uploads/u1")));
  }

  @Test
  void saysThatAnUploadExpired() throws Exception {
    Upload expired = tube.uploads().begin(film, NewVideo.untitled());
    server.then(exchange -> FakeServer.empty(exchange, 410)).then(FakeServer.problem(410, "gone"));
    assertEquals(
        "gone", assertThrows(Refused.class, () -> expired.send(film, Progress.IGNORED)).code());
  }

  @Test
  void sendsAChecksumWithEachPiece() throws Exception {
    begun(FakeServer.problem(460, "checksum_mismatch")).checked().send(film, Progress.IGNORED);
    assertArrayEquals(bytes, upload.bytes());
    assertTrue(
        server.asked.stream()
            .filter(asked -> asked.method().equals("PATCH"))
            .allMatch(asked -> asked.header("Upload-checksum").startsWith("sha256 ")));
  }

  @Test
  void doesNotTakeAFailingFileForAFailingLine() throws Exception {
    Source shrinking =
        new Source() {
          @Override
          public String name() {
            return "film.mp4";
          }

          @Override
          public long sizeBytes() {
            return SIZE;
          }

          @Override
          public InputStream open(long offset) throws IOException {
            return Source.of("film.mp4", new byte[1000]).open(offset);
          }
        };
    assertThrows(
        EOFException.class,
        () -> tube.uploads().upload(shrinking, NewVideo.untitled(), Progress.IGNORED));
    assertEquals(List.of(), time.pauses);
    assertThrows(
        NoSuchFileException.class,
        () -> tube.uploads().upload(Path.of("/nowhere/film.mp4"), NewVideo.untitled()));
  }

  @Test
  void tellsAfterwardsWhatHasNoRoomInAHeader() throws Exception {
    String long10 = "1234567890".repeat(1000);
    NewVideo about = NewVideo.titled("Film").withDescription(long10).withTags("sea");
    Video video = tube.uploads().upload(film, about, Progress.IGNORED);
    assertEquals(long10, video.description());
    assertEquals("Film", upload.metadata.get("title"));
    assertTrue(
        server.asked.stream().allMatch(asked -> asked.header("Upload-metadata").length() < 6000));
  }

  @Test
  void saysWhatIsWantedNowOfAnUploadThatBeganOtherwise() throws Exception {
    URI address = begun().address();
    Video video =
        tube.uploads()
            .resume(address, NewVideo.titled("Another").withTags("sea"))
            .send(film, Progress.IGNORED);
    assertEquals("Another", video.title());
  }

  @Test
  void postsWhatIsSmallInOneRequest() throws Exception {
    server.then(FakeServer::hangUp).then(FakeServer.json(FakeServer.video("v1", "")));
    NewVideo about = NewVideo.untitled().withTags("sea").withVisibility(Visibility.PUBLIC);
    Video video = tube.uploads().post(film, about, Progress.IGNORED);
    assertEquals("v1", video.id());
    assertEquals(
        "POST /api/v1/videos?title=film&visibility=public&tags=sea",
        server.asked.getLast().toString());
    assertEquals(
        server.asked.get(0).header("Idempotency-key"),
        server.asked.get(1).header("Idempotency-key"));
  }
}

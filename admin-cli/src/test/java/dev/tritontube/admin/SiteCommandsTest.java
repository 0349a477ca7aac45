package dev.tritontube.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Videos, users and keys by the command line.
class SiteCommandsTest {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private FakeSite site;
  private Path film;
  private byte[] bytes;

  @BeforeEach
  void start() throws Exception {
    site = new FakeSite();
    Path key = Files.writeString(folder.resolve("admin.key"), FakeAdminServer.KEY + "\n");
    environment.put("TRITONTUBE_KEY_FILE", key.toString());
    environment.put("TRITONTUBE_WEB", site.address());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    bytes = new byte[1 << 20];
    new Random(5).nextBytes(bytes);
    film = Files.write(folder.resolve("film.mp4"), bytes);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private record Result(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        AdminCli.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private List<String> kept() throws IOException {
    Path uploads = folder.resolve("state/tritontube/uploads");
    try (Stream<Path> entries = Files.list(uploads)) {
      return entries.map(Path::toString).toList();
    }
  }

  @Test
  void uploadsAFile() throws Exception {
    Result result =
        run(
            "--json",
            "videos",
            "upload",
            film.toString(),
            "--tag",
            "sea",
            "--visibility",
            "public");
    assertEquals(0, result.code(), result::err);
    assertEquals("v1", result.json().get("videos").get(0).get("id").asText());
    assertArrayEquals(bytes, site.uploaded());
    assertEquals(List.of(), kept());
  }

  @Test
  void goesOnWithWhatWasBrokenOff() throws Exception {
    site.room = bytes.length / 2;
    Result broken = run("videos", "upload", film.toString());
    assertEquals(4, broken.code());
    assertEquals("refused: told (507 storage_full, request r1)", broken.err().strip());
    int before = site.uploaded().length;
    assertTrue(before > 0);
    assertEquals(1, kept().size());
    site.room = Long.MAX_VALUE;
    assertEquals(0, run("videos", "upload", film.toString(), "--checksum").code());
    assertEquals(1, site.uploads());
    assertArrayEquals(bytes, site.uploaded());
    assertEquals(List.of(), kept());
  }

  @Test
  void beginsAnewWhenTheFileIsAnother() throws Exception {
    site.room = bytes.length / 2;
    run("videos", "upload", film.toString());
    Files.setLastModifiedTime(film, FileTime.from(Instant.EPOCH));
    site.room = Long.MAX_VALUE;
    assertEquals(0, run("videos", "upload", film.toString()).code());
    assertEquals(2, site.uploads());
  }

  @Test
  void beginsAnewWhenTheServerGaveItUp() throws Exception {
    site.room = bytes.length / 2;
    run("videos", "upload", film.toString());
    Files.writeString(Path.of(kept().getFirst()), site.address() + "/api/v1/uploads/gone\n");
    site.room = Long.MAX_VALUE;
    Result result = run("videos", "upload", film.toString());
    assertEquals(0, result.code(), result::err);
    assertTrue(result.err().contains("begins anew"), result::err);
    assertArrayEquals(bytes, site.uploaded());
  }

  @Test
  void forgetsWhatIsTooOldToGoOn() throws Exception {
    site.room = bytes.length / 2;
    run("videos", "upload", film.toString());
    Path old = Path.of(kept().getFirst());
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(film, FileTime.from(Instant.EPOCH));
    site.room = Long.MAX_VALUE;
    run("videos", "upload", film.toString());
    assertEquals(List.of(), kept());
  }

  @Test
  void uploadsAFileOnceAtATime() throws Exception {
    KeptUploads uploads = KeptUploads.of(environment);
    try (KeptUploads.Kept kept = uploads.open(URI.create(site.address() + "/"), film)) {
      Result result = run("videos", "upload", film.toString());
      assertEquals(1, result.code());
      assertTrue(result.err().contains("another command"), result::err);
      assertTrue(kept.address().isEmpty());
    }
  }

  @Test
  void uploadsAlsoWhereNothingCanBeKept() throws Exception {
    environment.put("XDG_STATE_HOME", film.toString()); // Is no folder.
    Result result = run("videos", "upload", film.toString());
    assertEquals(0, result.code(), result::err);
    assertTrue(result.err().contains("anew"), result::err);
    assertArrayEquals(bytes, site.uploaded());
  }

  @Test
  void uploadsTheOthersWhenOneIsRefused() throws Exception {
    Result result =
        run("--json", "videos", "upload", film.toString(), "nowhere.mp4", film.toString());
    assertEquals(2, result.code());
    assertEquals("nowhere.mp4: there is no file nowhere.mp4", result.err().strip());
    assertEquals(2, result.json().get("videos").size());
    assertEquals(2, run("videos", "upload", "a", "b", "--title", "x").code());
  }

  @Test
  void waitsForTheEnd() throws Exception {
    assertEquals(0, run("videos", "upload", film.toString(), "--wait-playable").code());
    site.video =
        FakeSite.video("v1", "FAILED", "{\"code\":\"corrupt_media\",\"detail\":\"broken\"}");
    Result result = run("--json", "videos", "upload", "--wait", film.toString());
    assertEquals(1, result.code());
    assertEquals("failed: v1: corrupt_media: broken", result.err().strip());
    assertEquals("FAILED", result.json().get("videos").get(0).get("status").asText());
  }

  @Test
  void looksAfterTracks() throws Exception {
    String track =
        """
        {"id":"t1","kind":"captions","language":"en","label":"Sounds","default":true,
         "origin":"uploaded","forced":false,"cues":7,"sizeBytes":99}
        """;
    site.answer("POST /api/v1/videos/v1/tracks", 201, track);
    site.answer("GET /api/v1/videos/v1/tracks", 200, "{\"items\":[" + track + "]}");
    Result added =
        run(
            "--json",
            "videos",
            "tracks",
            "add",
            "v1",
            film.toString(),
            "--language",
            "en",
            "--default");
    assertEquals(0, added.code(), added::err);
    assertEquals("t1", added.json().at("/tracks/0/id").asText());
    assertEquals(
        "POST /api/v1/videos/v1/tracks?kind=captions&language=en&default=true",
        site.asked.getLast());
    String[] lines = run("videos", "tracks", "list", "v1").out().split("\n");
    assertEquals(lines[0].indexOf("LABEL"), lines[1].indexOf("Sounds"));
  }

  @Test
  void listsVideos() throws Exception {
    site.answer(
        "GET /api/v1/videos",
        200,
        "{\"items\":[" + site.video + "," + site.video + "],\"nextCursor\":\"c1\"}");
    Result result =
        run("--json", "videos", "list", "--query", "a b", "--sort", "longest", "--limit", "3");
    assertEquals(0, result.code(), result::err);
    assertEquals(3, result.json().get("videos").size());
    assertEquals("public", result.json().get("videos").get(0).get("visibility").asText());
    assertEquals(
        "GET /api/v1/videos?cursor=c1&limit=3&q=a+b&sort=-durationSeconds", site.asked.getLast());
    String[] lines = run("videos", "list", "--limit", "1").out().split("\n");
    assertEquals(lines[0].indexOf("STATUS"), lines[1].indexOf("COMPLETED"));
    assertTrue(lines[1].contains("1:02:05"), lines[1]);
    assertFalse(lines[1].contains("\u001b"), lines[1]);
    assertEquals(2, run("videos", "list", "--limit", "0").code());
  }

  @Test
  void showsAVideo() throws Exception {
    assertTrue(run("videos", "show", "v1").out().contains("1280 x 720, h264"));
    assertEquals("GET /api/v1/videos/v1?include=deleted", site.asked.getLast());
    JsonNode video = run("--json", "videos", "show", "v1").json();
    assertEquals(new ObjectMapper().readTree(site.video), video);
    Result unknown = run("videos", "show", "v2");
    assertEquals(4, unknown.code());
    assertEquals("refused: told (404 not_found)", unknown.err().strip());
  }

  @Test
  void deletesAndRestores() throws Exception {
    site.answer(
        "POST /api/v1/videos/batch",
        200,
        """
        {"items":[{"id":"v1","status":200,"error":null},{"id":"v2","status":404,"error":{"code":"not_found","detail":"no v2"}}]}
        """);
    Result result = run("--json", "videos", "delete", "v1", "v2", "--purge");
    assertEquals(4, result.code());
    assertEquals("refused: v2: no v2", result.err().strip());
    assertEquals("{\"deleted\":[\"v1\"]}", result.out().strip());
    assertTrue(site.asked.getLast().contains("\"purge\":true"));
    assertEquals("1 restored", run("videos", "restore", "v1", "v2").out().strip());
    assertEquals(2, run("videos", "delete").code());
  }

  @Test
  void downloadsAFile() throws Exception {
    site.original = bytes;
    Path copy = folder.resolve("copy.mp4");
    Result result = run("--json", "videos", "download", "v1", "-o", copy.toString());
    assertEquals(0, result.code(), result::err);
    assertArrayEquals(bytes, Files.readAllBytes(copy));
    assertEquals(bytes.length, result.json().get("bytes").asInt());

    Files.writeString(copy, "mine");
    Result refused = run("videos", "download", "v1", "-o", copy.toString());
    assertEquals(4, refused.code());
    assertEquals("refused: " + copy + " is there; --force replaces it", refused.err().strip());
    assertEquals("mine", Files.readString(copy));
    assertEquals(0, run("videos", "download", "v1", "-o", copy.toString(), "--force").code());
    assertArrayEquals(bytes, Files.readAllBytes(copy));

    assertEquals(0, run("videos", "download", "v1", "-o", folder.toString()).code());
    assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("Küste.mp4")));
  }

  @Test
  void takesFramesAndDownloadsThem() throws Exception {
    site.original = bytes;
    site.answer("POST /api/v1/videos/v1/frames", 202, frames("QUEUED", "null"))
        .answer("GET /api/v1/videos/v1/frames/f1", 200, frames("COMPLETED", "null"));
    Path zip = folder.resolve("frames.zip");
    Result result =
        run("videos", "frames", "v1", "--at", "0,1.5", "--png", "--width", "320", "-o", zip + "");
    assertEquals(0, result.code(), result::err);
    assertArrayEquals(bytes, Files.readAllBytes(zip));
    String wish =
        site.asked.stream()
            .filter(asked -> asked.startsWith("POST /api/v1/videos/v1/frames: "))
            .findFirst()
            .orElseThrow();
    assertTrue(wish.contains("\"times\":[0.0,1.5]"), wish);
    assertTrue(wish.contains("\"format\":\"png\"") && wish.contains("\"width\":320"), wish);

    assertEquals(4, run("videos", "frames", "v1", "--count", "2", "-o", zip + "").code());
    assertEquals(2, run("videos", "frames", "v1").code());
    assertEquals(2, run("videos", "frames", "v1", "--count", "2", "--every", "1").code());

    String why = "{\"code\":\"frames_too_large\",\"detail\":\"too large\"}";
    site.answer("GET /api/v1/videos/v1/frames/f1", 200, frames("FAILED", why));
    Result failed = run("videos", "frames", "v1", "--every", "1", "-o", zip + "", "--force");
    assertEquals(1, failed.code());
    assertTrue(failed.err().contains("failed: f1: frames_too_large: too large"), failed::err);
  }

  private static String frames(String status, String error) {
    return """
    {"id":"f1","status":"%s","error":%s,"percent":0,"count":2,"done":0,"format":"png","width":320,"height":180,"bytes":null,
     "links":{"self":"/f1","zip":"/f1/frames.zip"},"createdAt":"2026-01-01T00:00:00Z","endedAt":null,"expiresAt":"2026-01-08T00:00:00Z"}
    """
        .formatted(status, error);
  }

  @Test
  void looksAfterUsers() throws Exception {
    site.answer("GET /api/v1/users", 200, "{\"items\":[" + FakeSite.USER + "],\"nextCursor\":null}")
        .answer("POST /api/v1/users", 201, FakeSite.USER)
        .answer(
            "POST /api/v1/users/u1/password-reset",
            201,
            "{\"token\":\"t1\",\"expiresAt\":\"2026-01-02T00:00:00Z\"}")
        .answer("PATCH /api/v1/users/u1", 200, FakeSite.USER);
    assertEquals(
        "ann", run("--json", "users", "list").json().get("users").get(0).get("username").asText());
    Result made = run("users", "create", "ann", "--role", "viewer");
    assertTrue(made.out().contains("/reset-password#t1"), made::out);
    assertTrue(
        site.asked.contains("POST /api/v1/users: {\"username\":\"ann\",\"role\":\"viewer\"}"));
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    assertTrue(
        run("--json", "users", "create", "ann", "--password-file", password.toString())
            .json()
            .get("reset")
            .isNull());
    assertEquals(0, run("users", "role", "Ann", "admin").code());
    assertEquals("PATCH /api/v1/users/u1: {\"role\":\"admin\"}", site.asked.getLast());
    assertEquals(0, run("users", "disable", "ann").code());
    assertEquals("PATCH /api/v1/users/u1: {\"disabled\":true}", site.asked.getLast());
    assertEquals(0, run("users", "enable", "ann").code());
    assertEquals(4, run("users", "disable", "bob").code());
    assertEquals(2, run("users", "role", "ann", "king").code());
  }

  @Test
  void looksAfterKeys() throws Exception {
    site.answer("GET /api/v1/auth/keys", 200, "{\"items\":[" + FakeSite.KEY_DOCUMENT + "]}")
        .answer(
            "POST /api/v1/auth/keys",
            201,
            "{\"apiKey\":" + FakeSite.KEY_DOCUMENT + ",\"key\":\"tt_1\"}")
        .answer("DELETE /api/v1/auth/keys/k1", 204, "");
    assertTrue(run("keys", "list").out().contains("read,upload"));
    Result made =
        run(
            "keys",
            "create",
            "nightly",
            "--scope",
            "upload,read",
            "--expires",
            "2030-01-01T00:00:00Z");
    assertEquals("tt_1", made.out().strip(), made::err);
    assertEquals(
        "POST /api/v1/auth/keys: {\"name\":\"nightly\",\"scopes\":[\"read\",\"upload\"],\"expiresAt\":\"2030-01-01T00:00:00Z\"}",
        site.asked.getLast());
    assertEquals("{\"revoked\":[\"k1\"]}", run("--json", "keys", "revoke", "k1").out().strip());
    assertEquals(2, run("keys", "create", "nightly").code());
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "403, 4", "409, 4", "500, 1"})
  void endsWithTheCodeOfWhatWentWrong(int status, int code) {
    site.refuse("GET /api/v1/videos/v1", status, "some_code");
    Result result = run("videos", "show", "v1");
    assertEquals(code, result.code());
    assertTrue(result.err().contains("told (" + status + " some_code"), result::err);
  }

  @Test
  void saysThatTheServerDoesNotAnswer() {
    site.close();
    Result result = run("videos", "list");
    assertEquals(3, result.code());
    String[] lines = result.err().strip().split("\n");
    assertEquals(3, lines.length);
    assertTrue(lines[0].contains("trying again in"), result::err);
    assertTrue(lines[2].startsWith("unreachable: 127.0.0.1:"), result::err);
  }

  @Test
  void saysThatSomethingElseAnswersThere() {
    site.answer("GET /api/v1/videos", 200, "<html>");
    assertEquals(3, run("videos", "list").code());
  }

  @Test
  void saysThatTheKeyIsWrong() throws Exception {
    Files.writeString(Path.of(environment.get("TRITONTUBE_KEY_FILE")), "other");
    Result result = run("videos", "list");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("does not accept this key"), result::err);
  }

  @Test
  void asksNoOtherServerThanTheOneThatIsNamed() {
    environment.put("TRITONTUBE_WEB", "http://127.0.0.1:1");
    assertEquals(3, run("videos", "list").code());
    assertEquals(2, run("videos", "list", "--web", "127.0.0.1:8080").code());
    environment.remove("TRITONTUBE_WEB");
    Result result = run("videos", "list", "--server", "elsewhere.example:9001");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("--web"), result::err);
    site.answer("GET /api/v1/videos", 200, "{\"items\":[],\"nextCursor\":null}");
    assertEquals(
        0,
        run("videos", "list", "--server", "elsewhere.example:9001", "--web", site.address())
            .code());
  }
}

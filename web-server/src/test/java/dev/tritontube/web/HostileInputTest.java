package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.contract.Contract;
import dev.tritontube.web.contract.Nasty;
import dev.tritontube.web.contract.Operation;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people send who mean no good, to every operation that takes it: refused with a code, or,
/// where it is text like all other text, kept as it is. `RestBed` holds each answer against the
/// contract.
class HostileInputTest {
  private static final Contract CONTRACT = Contract.read();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TEN_MB = 10 << 20;

  /// Of which a line break is a part, or any character.
  private static final Set<String> ANY_TEXT =
      Set.of("description", "password", "newPassword", "currentPassword", "filename");

  @TempDir private static Path folder;
  private static WholeBed whole;
  private static RestBed bed;
  private static Granted granted;

  @BeforeAll
  static void start() throws Exception {
    whole = new WholeBed(folder);
    bed = whole.rest;
    granted = new Granted(whole, new Crowd(bed));
  }

  @AfterAll
  static void stop() {
    whole.close();
  }

  private static Stream<DynamicTest> each(Predicate<Operation> operations, Check check) {
    List<Operation> chosen = CONTRACT.operations().stream().filter(operations).toList();
    assertFalse(chosen.isEmpty());
    return chosen.stream().map(operation -> dynamicTest(operation.id(), () -> check.on(operation)));
  }

  private interface Check {
    void on(Operation operation) throws Exception;
  }

  /// To what is there, by who may.
  private static HttpResponse<byte[]> send(Operation operation, String query, String... request)
      throws Exception {
    String path = operation.path().contains("{") ? path(operation) : operation.path();
    HttpRequest.Builder builder =
        bed.authorized(path + query)
            .method(
                operation.method(),
                request.length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request[1]));
    return bed.send(request.length == 0 ? builder : builder.header("Content-Type", request[0]));
  }

  private static String path(Operation operation) throws Exception {
    return granted.request(operation, Visibility.PUBLIC).build().uri().getRawPath();
  }

  private static HttpResponse<byte[]> json(Operation operation, String body) throws Exception {
    return send(operation, "", "application/json", body);
  }

  private static void assertRefused(int status, String code, HttpResponse<byte[]> answer)
      throws Exception {
    assertEquals(status + " " + code, answer.statusCode() + " " + RestBed.code(answer));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoJsonObjectIsRefused() {
    return each(
        operation -> operation.example().isPresent() && !operation.access().equals("person"),
        operation -> {
          for (String document : Nasty.DOCUMENTS) {
            HttpResponse<byte[]> answer = json(operation, document);
            assertEquals(
                400, answer.statusCode(), document.substring(0, Math.min(40, document.length())));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> jsonThatIsTooDeepOrTooMuchIsRefused() {
    return each(
        operation -> operation.example().isPresent() && !operation.access().equals("person"),
        operation -> {
          assertRefused(400, "bad_json", json(operation, "{\"a\":" + "[".repeat(20_000)));
          assertRefused(400, "bad_json", json(operation, "{\"a\":1,\"a\":2}"));
          String title = "{\"title\":\"" + "a".repeat(TEN_MB) + "\"}";
          assertRefused(413, "too_large", json(operation, title));
        });
  }

  @TestFactory
  Stream<DynamicTest> otherContentIsRefused() {
    return each(
        operation -> operation.example().isPresent() && !operation.access().equals("person"),
        operation -> {
          for (String type : Nasty.CONTENT_TYPES) {
            assertRefused(415, "unsupported_media", send(operation, "", type, "{}"));
          }
        });
  }

  /// In every field that is text, one after the other.
  @TestFactory
  Stream<DynamicTest> aLineBreakInAFieldIsRefused() {
    return each(
        operation -> operation.example().isPresent() && !operation.access().equals("person"),
        operation -> {
          ObjectNode example = (ObjectNode) JSON.readTree(operation.example().orElseThrow());
          for (String name : operation.textFields()) {
            if (!ANY_TEXT.contains(name)) {
              ObjectNode hostile = example.deepCopy().put(name, "a\r\nSet-Cookie: x=y");
              HttpResponse<byte[]> answer = json(operation, hostile.toString());
              assertTrue(Set.of(400, 401).contains(answer.statusCode()), name + ": " + answer);
              assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty(), name);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aParameterThatIsThereTwiceIsRefused() {
    return each(
        operation -> !operation.queryParameters().isEmpty() && !Streams.isOne(operation),
        operation -> {
          for (String name : operation.queryParameters()) {
            if (!operation.path().startsWith("/watch")) {
              HttpResponse<byte[]> answer = send(operation, "?" + name + "=1&" + name + "=1");
              assertEquals(400, answer.statusCode(), name);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aParameterThatIsNotKnownIsRefused() {
    return each(
        operation ->
            !operation.allowsOtherParameters()
                && !operation.access().equals("person")
                && !Streams.isOne(operation),
        operation -> {
          HttpRequest good = granted.request(operation, Visibility.PUBLIC).build();
          String mark = good.uri().getRawQuery() == null ? "?" : "&";
          HttpRequest.Builder bad =
              HttpRequest.newBuilder(good, (_, _) -> true)
                  .uri(URI.create(good.uri() + mark + "no-such=1"))
                  .header("Authorization", "Bearer " + RestBed.KEY);
          assertEquals(400, bed.send(bad).statusCode());
        });
  }

  /// None of it means anything in a search: it is looked for, or there is nothing to look for.
  @Test
  void aSearchTakesEveryCharacterForItself() throws Exception {
    String id = bed.uploaded(RestBed.mp4(900, 77), "?title=Quince%20jelly").get("id").asText();
    for (String query : Nasty.QUERIES) {
      HttpResponse<byte[]> answer = bed.get("/api/v1/videos?q=" + escaped(query));
      assertEquals(200, answer.statusCode(), query);
      assertFalse(new String(answer.body(), UTF_8).contains(id), query);
      HttpResponse<byte[]> found = bed.get("/api/v1/videos?q=" + escaped("\"quince\" -jelly*"));
      assertTrue(new String(found.body(), UTF_8).contains(id));
    }
  }

  /// Where a word of a closed set belongs, or an id.
  @ParameterizedTest
  @ValueSource(
      strings = {"limit", "cursor", "sort", "status", "visibility", "createdAfter", "minDuration"})
  void aParameterTakesNoOther(String name) throws Exception {
    for (String query : Nasty.QUERIES) {
      HttpResponse<byte[]> answer = bed.get("/api/v1/videos?" + name + "=" + escaped(query));
      assertRefused(400, "bad_parameter", answer);
    }
  }

  @Test
  void aTitleIsKeptAsItIs() throws Exception {
    int seed = 1000;
    for (String title : Nasty.QUERIES) {
      JsonNode video = bed.uploaded(RestBed.mp4(900, seed++), "?title=" + escaped(title));
      assertEquals(title, video.get("title").asText());
      JsonNode read = RestBed.json(bed.get(video.at("/links/self").asText()));
      assertEquals(title, read.get("title").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "description", "tags", "visibility"})
  void aFieldOfTenMegabytesIsRefused(String name) throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"\r\n\r\n"
            + "a".repeat(TEN_MB)
            + "\r\n--x--\r\n";
    HttpResponse<byte[]> answer =
        bed.send(
            bed.authorized("/api/v1/videos")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));
    assertRefused(400, "bad_field", answer);
  }

  @Test
  void anAddressOrAHeaderThatIsTooLongIsRefused() throws Exception {
    // Longer, and the connection is closed while it is sent.
    String much = "a".repeat(100_000);
    assertTrue(bed.rawLine("GET /api/v1/videos?q=" + much).startsWith("HTTP/1.1 414"));
    String answer =
        bed.rawLine(
            "POST /api/v1/uploads",
            "Authorization: Bearer " + RestBed.KEY + "\r\n",
            "Tus-Resumable: 1.0.0\r\nUpload-Length: 1\r\nUpload-Metadata: title " + much + "\r\n");
    assertTrue(
        answer.startsWith("HTTP/1.1 431"), answer.substring(0, Math.min(200, answer.length())));
  }

  /// What can be no URI, and no header.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/videos?q=%",
        "GET /api/v1/videos?q=%zz",
        "GET /api/v1/videos?q=%c0%af",
        "GET /api/v1/videos?q=%ed%a0%80",
        "GET /api/v1/videos/%00",
        "GET /api/v1/videos/..%2f..%2fetc",
        "GET /api/v1/videos/aaaaaaaaaaaaaaaaaaaa%0d%0aX: y",
        "GET /api/v1/videos/aaaaaaaaaaaaaaaaaaaa;x=y",
        "GET //api/v1/videos//x",
        "GET /api/v1/../../videos",
        "BREW /api/v1/videos",
        "GET /\u00ff"
      })
  void anAddressThatIsNoneIsRefused(String line) throws Exception {
    String answer = bed.rawLine(line);
    assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*application/problem\\+json.*"), answer);
    assertFalse(answer.contains("\nX: y"), answer);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}

package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.contract.Contract;
import dev.tritontube.web.contract.Operation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every operation of the contract by every kind of caller: who may by its `x-access` is granted
/// it, and who may not is refused as the word says.
class AccessMatrixTest {
  private static final Contract CONTRACT = Contract.read();
  private static final Set<Visibility> ALL = EnumSet.allOf(Visibility.class);

  /// What can be done once, or by each with himself alone, is wished for in vain by an empty body.
  private static final Set<String> IN_VAIN = Set.of("deleteMe", "changePassword", "applyChange");

  @TempDir private static Path folder;
  private static WholeBed whole;
  private static RestBed bed;
  private static Crowd crowd;
  private static Granted granted;

  @BeforeAll
  static void start() throws Exception {
    whole = new WholeBed(folder);
    bed = whole.rest;
    crowd = new Crowd(bed);
    granted = new Granted(whole, crowd);
  }

  @AfterAll
  static void stop() {
    whole.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationByEverybody() {
    assertFalse(CONTRACT.operations().isEmpty());
    return CONTRACT.operations().stream()
        .flatMap(
            operation ->
                visibilities(operation).stream()
                    .map(
                        visibility ->
                            dynamicTest(
                                operation.id() + " " + visibility.word(),
                                () -> everybody(operation, visibility))));
  }

  /// Only what is about a video differs by whether it is private.
  private static Set<Visibility> visibilities(Operation operation) {
    return operation.path().matches("/(api/v1/videos|watch)/\\{id}.*")
        ? ALL
        : EnumSet.of(Visibility.PRIVATE);
  }

  private static void everybody(Operation operation, Visibility visibility) throws Exception {
    assumeTrue(Granted.hasApp() || !operation.path().startsWith("/assets/"), "there is no web app");
    List<String> expected = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    for (Crowd.Caller caller : crowd.all) {
      expected.add(caller.name() + ": " + expected(operation, caller, visibility));
      answered.add(caller.name() + ": " + status(operation, caller, visibility));
    }
    assertEquals(String.join("\n", expected), String.join("\n", answered));
  }

  private static int status(Operation operation, Crowd.Caller caller, Visibility visibility)
      throws Exception {
    if (IN_VAIN.contains(operation.id())) {
      HttpRequest.Builder empty = bed.request(operation.path());
      return send(caller, empty.method(operation.method(), BodyPublishers.ofString("{}")));
    }
    HttpRequest.Builder request = granted.request(operation, visibility);
    return Streams.isOne(operation)
        ? Streams.status(bed, caller.signs(request))
        : send(caller, request);
  }

  private static int send(Crowd.Caller caller, HttpRequest.Builder request) throws Exception {
    return bed.send(caller.signs(request)).statusCode();
  }

  private static int expected(Operation operation, Crowd.Caller caller, Visibility visibility) {
    int success = IN_VAIN.contains(operation.id()) ? 400 : operation.success();
    boolean sees = visibility != Visibility.PRIVATE || caller.seesPrivate();
    return switch (operation.access()) {
      case "anybody",
          "follower",
          "refresh-token",
          "session",
          "playback-token",
          "link",
          "owner-link" ->
          success;
      case "viewer" -> sees ? success : 404;
      case "signed-in", "editor" -> caller.known() ? success : 401;
      case "signed-in-viewer" -> known(caller, sees ? success : 404);
      case "person" -> known(caller, caller.person() ? success : 403);
      case "key-holder" -> known(caller, keys(operation, caller, success));
      case "upload" -> known(caller, caller.may(Scope.UPLOAD) ? success : 403);
      case "uploader" -> known(caller, uploads(caller, success));
      case "upload-follower" -> known(caller, caller.seesPrivate() ? success : 404);
      case "owner" -> known(caller, sees ? changes(caller, success) : 404);
      case "admin" -> known(caller, caller.isAdministrator() ? success : 403);
      default -> throw new AssertionError("nobody knows who may " + operation.access());
    };
  }

  private static int known(Crowd.Caller caller, int status) {
    return caller.known() ? status : 401;
  }

  private static int keys(Operation operation, Crowd.Caller caller, int success) {
    if (!caller.person() && !caller.isAdministrator()) {
      return 403;
    }
    boolean own = caller.owns() || caller.isAdministrator();
    return own || !operation.path().contains("{id}") ? success : 404;
  }

  private static int uploads(Crowd.Caller caller, int success) {
    if (!caller.may(Scope.UPLOAD)) {
      return 403;
    }
    return caller.owns() || caller.isAdministrator() ? success : 404;
  }

  private static int changes(Crowd.Caller caller, int success) {
    boolean may = caller.isAdministrator() || (caller.owns() && caller.may(Scope.WRITE));
    return may ? success : 403;
  }

  /// Tokens of another video, tokens for something else, and what is no token.
  @TestFactory
  Stream<DynamicTest> aTokenInThePathOpensWhatItIsForAlone() throws Exception {
    List<String> tokens =
        List.of(
            granted.playbackToken(Visibility.PUBLIC),
            granted.playbackToken(Visibility.UNLISTED),
            granted.downloadToken(Visibility.PUBLIC),
            granted.downloadToken(Visibility.UNLISTED),
            tampered(granted.playbackToken(Visibility.PRIVATE)),
            tampered(granted.downloadToken(Visibility.PRIVATE)),
            crowd.owner.bearer(),
            RestBed.KEY,
            "x");
    return CONTRACT.operations().stream()
        .filter(operation -> operation.path().contains("{token}"))
        .map(operation -> dynamicTest(operation.id(), () -> refused(operation, tokens)));
  }

  private static void refused(Operation operation, List<String> tokens) throws Exception {
    for (String token : tokens) {
      String path = granted.path(operation, Visibility.PRIVATE, token);
      HttpRequest.Builder request =
          bed.request(path).method(operation.method(), BodyPublishers.noBody());
      assertEquals(403, bed.send(request).statusCode(), path);
    }
  }

  private static String tampered(String token) {
    return token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
  }

  /// Whoever asked for a token when the video was his to see.
  @Test
  void nothingOfAVideoIsLeftForOthersWhenItBecomesPrivate() throws Exception {
    String video = granted.withWords(granted.uploaded(Visibility.UNLISTED, ""));
    String self = "/api/v1/videos/" + video;
    String playback =
        json(crowd.viewer.signs(bed.request(self + "/playback-token")).POST(noBody()))
            .get("token")
            .asText();
    String url = json(crowd.viewer.signs(bed.request(self + "/download-url"))).get("url").asText();
    String link = url.substring(url.lastIndexOf('/') + 1);
    List<Operation> reading =
        CONTRACT.operations().stream()
            .filter(operation -> operation.path().contains("{id}"))
            .filter(operation -> operation.access().matches("viewer|playback-token|link"))
            .filter(operation -> !operation.method().equals("PUT"))
            .toList();
    for (Operation operation : reading) {
      assertEquals(200, read(operation, video, token(operation, playback, link)), operation.id());
    }

    edit(self, "{\"visibility\":\"private\"}");

    for (Operation operation : reading) {
      assertEquals(404, read(operation, video, token(operation, playback, link)), operation.id());
    }
  }

  private static String token(Operation operation, String playback, String link) {
    return operation.access().equals("link") ? link : playback;
  }

  /// By who may see only what is not private, or by a token.
  private static int read(Operation operation, String video, String token) throws Exception {
    String path = granted.path(operation, video, token);
    HttpRequest.Builder request =
        bed.request(path).method(operation.method(), BodyPublishers.noBody());
    return send(crowd.viewer, request);
  }

  private static HttpRequest.BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }

  private static void edit(String self, String body) throws Exception {
    HttpRequest.Builder request = bed.request(self);
    assertEquals(200, send(crowd.owner, request.method("PATCH", BodyPublishers.ofString(body))));
  }

  @Test
  void nothingOfADeletedVideoIsLeftForAnybody() throws Exception {
    String video = granted.withWords(granted.uploaded(Visibility.PUBLIC, ""));
    assertEquals(204, send(crowd.owner, bed.request("/api/v1/videos/" + video).DELETE()));
    List<Operation> reading =
        CONTRACT.operations().stream()
            .filter(operation -> operation.path().contains("{id}"))
            .filter(operation -> operation.access().matches("viewer|signed-in-viewer"))
            .toList();
    for (Operation operation : reading) {
      for (Crowd.Caller caller : List.of(crowd.viewer, crowd.owner, crowd.boss)) {
        String path = granted.path(operation, video, "");
        HttpRequest.Builder request =
            bed.request(path).method(operation.method(), BodyPublishers.noBody());
        assertEquals(404, send(caller, request), operation.id() + " by " + caller.name());
      }
    }
  }

  /// How many of the owner's videos, one of each visibility, are in a list.
  @Test
  void aListHasWhatOneMaySee() throws Exception {
    for (Crowd.Caller caller : crowd.all) {
      HttpResponse<byte[]> list =
          bed.send(caller.signs(bed.request("/api/v1/videos?limit=100&owner=owner")));
      String items = new String(list.body(), UTF_8);
      for (Visibility visibility : Visibility.values()) {
        boolean listed = visibility == Visibility.PUBLIC || caller.seesPrivate();
        assertEquals(
            listed, items.contains(granted.video(visibility)), caller.name() + " " + visibility);
      }
    }
  }

  @Test
  void eventsOfOneVideoAreForWhoMaySeeIt() throws Exception {
    String path = "/api/v1/events?video=" + granted.video(Visibility.PRIVATE);
    for (Crowd.Caller caller : crowd.all) {
      HttpRequest.Builder request = bed.request(path).method("HEAD", noBody());
      assertEquals(caller.seesPrivate() ? 200 : 404, send(caller, request), caller.name());
    }
  }

  @Test
  void aBatchChangesWhatIsOnesOwn() throws Exception {
    for (Crowd.Caller caller : crowd.all) {
      if (caller.known()) {
        for (Visibility visibility : Visibility.values()) {
          boolean sees = visibility != Visibility.PRIVATE || caller.seesPrivate();
          String body =
              "{\"action\":\"tag\",\"ids\":[\""
                  + granted.video(visibility)
                  + "\"],\"add\":[\"a\"]}";
          HttpRequest.Builder request = bed.request("/api/v1/videos/batch");
          JsonNode items = json(caller.signs(request.POST(BodyPublishers.ofString(body))));
          assertEquals(
              sees ? changes(caller, 200) : 404,
              items.at("/items/0/status").asInt(),
              caller.name() + " " + visibility);
        }
      }
    }
  }

  /// Keys of somebody else are for administrators.
  @Test
  void keysOfOthersAreForAdministrators() throws Exception {
    for (Crowd.Caller caller : crowd.all) {
      HttpRequest.Builder request = bed.request("/api/v1/auth/keys?user=" + crowd.ownersId);
      boolean person = caller.person() || caller.isAdministrator();
      int allowed = caller.owns() || caller.isAdministrator() ? 200 : 400;
      assertEquals(known(caller, person ? allowed : 403), send(caller, request), caller.name());
    }
  }

  private static JsonNode json(HttpRequest.Builder request) throws Exception {
    return RestBed.json(bed.send(request));
  }
}

package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.contract.Contract;
import dev.tritontube.web.contract.Operation;
import dev.tritontube.web.http.Routes;
import io.javalin.Javalin;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The contract and the server are the same: no operation is in one of them alone, and every one
/// answers as it says. `RestBed` holds each exchange against it.
class ContractTest {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @TempDir private static Path folder;
  private static WholeBed bed;
  private static Crowd crowd;
  private static Granted granted;
  private static final Contract CONTRACT = Contract.read();

  @BeforeAll
  static void start() throws Exception {
    bed = new WholeBed(folder);
    crowd = new Crowd(bed.rest);
    granted = new Granted(bed, crowd);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void isOfWhatTheServerAnswersAndOfNothingElse() {
    List<Routes> routes = bed.routes();
    Javalin javalin = Javalin.create(config -> routes.forEach(route -> route.addTo(config.routes)));
    Set<String> answered =
        javalin.unsafe.internalRouter.allHttpHandlers().stream()
            .map(handler -> handler.endpoint)
            .filter(endpoint -> METHODS.contains(endpoint.method.name()))
            .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described =
        CONTRACT.operations().stream()
            .map(Operation::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(described, answered);
  }

  @TestFactory
  Stream<DynamicTest> everyOperationAnswersAsItSays() {
    return CONTRACT.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> exercise(operation)));
  }

  private static void exercise(Operation operation) throws Exception {
    assumeTrue(Granted.hasApp() || !operation.path().startsWith("/assets/"), "there is no web app");
    HttpRequest.Builder request =
        caller(operation).signs(granted.request(operation, Visibility.PRIVATE));
    int status =
        Streams.isOne(operation)
            ? Streams.status(bed.rest, request)
            : bed.rest.send(request).statusCode();
    assertEquals(operation.success(), status);
  }

  /// Somebody who may. Whoever changes his own account is somebody of his own.
  private static Crowd.Caller caller(Operation operation) throws Exception {
    return switch (operation.access()) {
      case "anybody", "playback-token", "link", "owner-link", "refresh-token", "session" ->
          crowd.nobody;
      case "admin" -> crowd.boss;
      case "person" -> granted.somebody();
      default -> crowd.owner;
    };
  }
}

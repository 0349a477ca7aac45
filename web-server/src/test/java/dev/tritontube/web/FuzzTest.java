package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.contract.Contract;
import dev.tritontube.web.contract.Exchange;
import dev.tritontube.web.contract.ExchangeCheck;
import dev.tritontube.web.contract.Operation;
import dev.tritontube.web.contract.RandomRequests;
import dev.tritontube.web.contract.RandomRequests.Wish;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests by chance, over all of the contract: whatever comes, the answer is one that the
/// contract has, none is the server's fault, and what was granted is as the contract wants
/// requests. `-D tritontube.fuzz.seed` runs the requests of a seed that was printed again.
class FuzzTest {
  private static final Contract CONTRACT = Contract.read();

  /// What requests are about is used up by them.
  private static final int RENEWED_AFTER = 500;

  /// So are, in the end, the callers' sessions, of which nobody has any number.
  private static final int BEGUN_ANEW_AFTER = 4000;

  @TempDir Path folder;
  private RandomGenerator random = new SplittableRandom();
  private final Map<String, List<String>> paths = new HashMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private WholeBed whole;
  private RestBed bed;
  private Crowd crowd;
  private Granted granted;

  @BeforeEach
  void start() throws Exception {
    whole = new WholeBed(Files.createTempDirectory(folder, "bed"));
    bed = whole.rest;
    crowd = new Crowd(bed);
    granted = new Granted(whole, crowd);
  }

  @AfterEach
  void stop() {
    whole.close();
  }

  /// The same ones each time: when it fails, something was changed.
  @Test
  void aThousandRequests() throws Exception {
    fuzz(1000, 1);
  }

  @Test
  @Tag("soak")
  void twentyThousandRequests() throws Exception {
    fuzz(20_000, System.nanoTime());
  }

  private void fuzz(int requests, long usualSeed) throws Exception {
    long seed = Long.getLong("tritontube.fuzz.seed", usualSeed);
    System.out.println("seed " + seed);
    random = new SplittableRandom(seed);
    List<Operation> operations =
        CONTRACT.operations().stream().filter(operation -> !Streams.isOne(operation)).toList();
    RandomRequests wishes = new RandomRequests(weighted(operations), this::path, random);
    for (int i = 0; i < requests; i++) {
      if (i > 0 && i % BEGUN_ANEW_AFTER == 0) {
        assertWell();
        stop();
        start();
      }
      if (i % RENEWED_AFTER == 0) {
        renew(operations);
      }
      Wish wish = wishes.next();
      complaints(wish, bearer(wish)).forEach(complaint -> findings.add(complaint + " at " + wish));
    }
    System.out.println("answers by status " + statuses);
    assertEquals("", String.join("\n", findings));
    assertTrue(statuses.getOrDefault(200, 0) > requests / 20, "some were granted");
    assertTrue(statuses.getOrDefault(400, 0) > requests / 20, "some were wrong");
    assertWell();
  }

  /// There is more to be wrong with where there is a body.
  private static List<Operation> weighted(List<Operation> operations) {
    List<Operation> weighted = new ArrayList<>(operations);
    operations.stream()
        .filter(Operation::hasBody)
        .forEach(operation -> weighted.addAll(Collections.nCopies(3, operation)));
    return weighted;
  }

  private void renew(List<Operation> operations) throws Exception {
    paths.clear();
    revokeKeys();
    for (Operation operation : operations) {
      if (operation.path().contains("{")) {
        for (Visibility visibility : List.of(Visibility.PUBLIC, Visibility.PRIVATE)) {
          paths
              .computeIfAbsent(operation.id(), _ -> new ArrayList<>())
              .add(granted.request(operation, visibility).build().uri().getRawPath());
        }
      }
    }
  }

  /// Nobody may have more than a hundred.
  private void revokeKeys() throws Exception {
    String keys = "/api/v1/auth/keys";
    JsonNode list = RestBed.json(bed.send(crowd.owner.signs(bed.request(keys))));
    for (JsonNode key : list.get("items")) {
      bed.send(crowd.owner.signs(bed.request(keys + "/" + key.get("id").asText())).DELETE());
    }
  }

  private String path(Operation operation) {
    List<String> known = paths.getOrDefault(operation.id(), List.of(operation.path()));
    return known.get(random.nextInt(known.size()));
  }

  /// Mostly the key to which everything is open, which nobody can revoke. Nobody signs out who is
  /// needed later.
  private String bearer(Wish wish) {
    if (wish.target().startsWith("/api/v1/auth/logout")) {
      return "";
    }
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> crowd.owner.bearer();
      case 2 -> crowd.viewer.bearer();
      default -> RestBed.KEY;
    };
  }

  private List<String> complaints(Wish wish, String bearer) throws Exception {
    HttpRequest request = request(wish, bearer);
    HttpResponse<byte[]> answer = send(request);
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    Exchange exchange =
        new Exchange(
            request.method(),
            request.uri(),
            request.headers(),
            wish.body(),
            answer.statusCode(),
            answer.headers(),
            answer.body());
    // A method that is overridden, or an id that is empty (a slash at the end counts for nothing),
    // may carry out another operation than the one it was made for.
    boolean another =
        answer.statusCode() < 300
            && (request.headers().firstValue("X-HTTP-Method-Override").isPresent()
                || request.uri().getRawPath().endsWith("/"));
    List<String> complaints =
        new ArrayList<>(another ? List.of() : ExchangeCheck.complaints(CONTRACT, exchange));
    // Health says 503 of a ring that requests by chance have changed.
    boolean told = answer.statusCode() == 503 && wish.target().startsWith("/api/v1/health");
    if (answer.statusCode() >= 500 && !told) {
      complaints.add("it answered " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
    }
    if (answer.statusCode() >= 400 && !wish.method().equals("HEAD") && !isProblem(answer)) {
      complaints.add("it answered " + answer.statusCode() + " with no problem");
    }
    return complaints;
  }

  /// Once more when the server had closed a connection that was kept: it does after a body that
  /// nobody wanted (RFC 9112, section 9.3.1).
  private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    try {
      return bed.client.send(request, BodyHandlers.ofByteArray());
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException _) {
      return bed.client.send(request, BodyHandlers.ofByteArray());
    }
  }

  private HttpRequest request(Wish wish, String bearer) {
    HttpRequest.Builder builder =
        bed.request(wish.target())
            .method(
                wish.method(),
                wish.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(wish.body()));
    if (!wish.headers().isEmpty()) {
      builder.headers(wish.headers().toArray(String[]::new));
    }
    return bearer.isEmpty()
        ? builder.build()
        : builder.header("Authorization", "Bearer " + bearer).build();
  }

  private static boolean isProblem(HttpResponse<byte[]> answer) throws IOException {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    return type.equals("application/problem+json")
        && answer.statusCode() == problem.path("status").asInt()
        && problem.path("code").asText().matches("[a-z_]+");
  }

  /// The server goes on as if nothing had been.
  private void assertWell() throws Exception {
    assertEquals(200, bed.get("/api/v1/health").statusCode());
    JsonNode video = bed.uploaded(RestBed.mp4(1000, new Random(1).nextLong()), "?title=Afterwards");
    HttpResponse<byte[]> list = bed.get("/api/v1/videos?q=afterwards");
    assertEquals(video.get("id"), RestBed.json(list).at("/items/0/id"));
  }
}

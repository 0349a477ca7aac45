package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Interrupted;
import dev.tritontube.client.TritonTubeException.Refused;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where each request goes: it gets the caller's token, is sent, once more with a new token if the
/// server did not take that, and again after a pause if it failed for a while. Thread-safe.
final class Requests {
  /// Below which everything is that is asked for.
  static final String API = "/api/v1";

  private final URI server;
  private final Transport transport;
  private final Session session;
  private final Policy policy;
  private final World world;

  /// @param onRetry is told why something is tried again, and after which pause
  record Policy(Retries retries, BiConsumer<TritonTubeException, Duration> onRetry) {}

  /// What a test may drive.
  record World(InstantSource clock, RandomGenerator random, Pauses pauses) {
    /// Does nothing for a while.
    interface Pauses {
      void pause(Duration length) throws InterruptedException;
    }

    void pause(Duration length) {
      try {
        pauses.pause(length);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Interrupted("interrupted before the next try", e);
      }
    }
  }

  Requests(URI server, Transport transport, Session session, Policy policy, World world) {
    this.server = server;
    this.transport = transport;
    this.session = session;
    this.policy = policy;
    this.world = world;
  }

  World world() {
    return world;
  }

  Session session() {
    return session;
  }

  Attempts attempts() {
    return new Attempts(policy, world);
  }

  /// @throws IllegalArgumentException when it is somewhere else: keys are for this server alone
  URI address(String path) {
    URI address = server.resolve(path);
    if (!server.getScheme().equals(address.getScheme())
        || !String.valueOf(server.getAuthority()).equals(address.getAuthority())) {
      throw new IllegalArgumentException(path + " is not at " + server);
    }
    return address;
  }

  /// The answer as a document.
  <T> T ask(Call call, Class<T> type) {
    HttpResponse<byte[]> answer = send(call);
    return Json.read(answer, type);
  }

  /// Sends until there is an answer that is no error.
  HttpResponse<byte[]> send(Call call) {
    Attempts attempts = attempts();
    while (true) {
      try {
        return sendOnce(call);
      } catch (TritonTubeException e) {
        attempts.pauseAfter(e, call.mayBeRepeated() ? Attempts.IF_TEMPORARY : Attempts.IF_UNDONE);
      }
    }
  }

  /// Sends without trying again, for who does that himself.
  HttpResponse<byte[]> sendOnce(Call call) {
    if (call.isAnonymous()) {
      return checked(exchange(call, Optional.empty()));
    }
    Session.Identity caller = session.current(this::renew);
    HttpResponse<byte[]> answer = exchange(call, caller.bearer());
    if (answer.statusCode() == 401) {
      Session.Identity renewed = session.renewed(caller, this::renew);
      if (!renewed.equals(caller)) {
        answer = exchange(call, renewed.bearer());
      }
    }
    return checked(answer);
  }

  private HttpResponse<byte[]> exchange(Call call, Optional<String> bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(call.path())).method(call.method(), call.publisher());
    request.header("User-Agent", "tritontube-client");
    call.headers().forEach(request::header);
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return transport.exchange(request.build(), call.receiver(), call.moved());
  }

  /// @param expiresIn seconds
  record Tokens(String accessToken, @Nullable String refreshToken, long expiresIn, User user) {}

  private Session.Person renew(Session.Person person) {
    Call call =
        Call.post(API + "/auth/refresh", Map.of("refreshToken", person.refreshToken())).anonymous();
    return person(Json.read(checked(exchange(call, Optional.empty())), Tokens.class));
  }

  /// Who got these tokens just now.
  Session.Person person(Tokens tokens) {
    return new Session.Person(
        tokens.accessToken(),
        String.valueOf(tokens.refreshToken()),
        world.clock().instant().plusSeconds(tokens.expiresIn()));
  }

  private static HttpResponse<byte[]> checked(HttpResponse<byte[]> answer) {
    if (answer.statusCode() >= 200 && answer.statusCode() < 300) {
      return answer;
    }
    throw refusal(answer);
  }

  private record ProblemDocument(
      @Nullable String code, @Nullable String detail, @Nullable String requestId) {}

  private static Refused refusal(HttpResponse<byte[]> answer) {
    Optional<ProblemDocument> problem =
        answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("application/problem+json"))
            .flatMap(type -> Json.tryRead(answer.body(), ProblemDocument.class));
    String request = answer.request().method() + " " + answer.request().uri();
    return new Refused(
        answer.statusCode(),
        problem.map(ProblemDocument::code).orElse("unexpected"),
        problem.map(ProblemDocument::detail).orElse("the answer to " + request),
        problem
            .map(ProblemDocument::requestId)
            .or(() -> answer.headers().firstValue("X-Request-Id"))
            .orElse(""),
        retryAfter(answer));
  }

  /// Seconds; of dates nobody here makes use.
  private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(null);
  }
}

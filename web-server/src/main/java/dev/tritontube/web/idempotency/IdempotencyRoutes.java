package dev.tritontube.web.idempotency;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.http.WhenRefused;
import dev.tritontube.web.idempotency.IdempotencyStore.Answer;
import dev.tritontube.web.idempotency.IdempotencyStore.Wish;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Idempotency-Key` on every POST of somebody who is known, but for signing in and for what leaves
/// nothing behind (tickets, playback tokens): the request is carried out once, and its answer given
/// again for a day. Only success is kept: a request that fails has changed nothing.
///
/// Requests are told apart by method, path, query, media type, length and the headers of tus, JSON
/// by its bytes too. A file is not read before it is stored; when it comes again, as a body of up
/// to `COMPARED_BYTES` that is nothing else, its digest is compared with that of the first.
public final class IdempotencyRoutes implements Routes {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(10);

  /// For so long a request that a process carries out is its own after it was last heard of.
  private static final Duration LEASE = Duration.ofSeconds(40);

  private static final Duration KEPT = Duration.ofHours(24);
  private static final long MOST = 100_000;
  private static final int MAX_ANSWER_BYTES = 256 << 10;
  private static final long COMPARED_BYTES = 16L << 20;
  private static final String HEADER = "Idempotency-Key";
  private static final String WORK = "idempotency";
  private static final String API = "/api/v1";

  /// As the draft has it, a string of RFC 8941, or, as most clients send it, without its quotes.
  private static final Pattern KEY = Pattern.compile("(\"?)([!#-\\[\\]-~]{1,255})\\1");

  private static final Pattern NOT_ONCE =
      Pattern.compile(API + "/(auth/(?!keys$).*|videos/[^/]+/playback-token)");

  /// Where a body without a type is a file.
  private static final Pattern FILE =
      Pattern.compile(API + "/(videos|videos/upload|videos/[^/]+/tracks|uploads)");

  private static final List<String> TELLING =
      List.of(
          "Upload-Length",
          "Upload-Defer-Length",
          "Upload-Metadata",
          "Upload-Concat",
          "Content-Digest",
          "Repr-Digest");

  private static final List<String> ANSWERED =
      List.of(
          "Content-Type",
          "Location",
          "ETag",
          "Cache-Control",
          "Tus-Resumable",
          "Upload-Offset",
          "Upload-Expires");

  private final IdempotencyStore store;
  private final Callers callers;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /// @param random must be unpredictable outside of tests
  public IdempotencyRoutes(
      Database database, Callers callers, RandomGenerator random, InstantSource clock) {
    this.store = new IdempotencyStore(database);
    this.callers = callers;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.before(API + "/*", this::begin);
    routing.after(API + "/*", this::end);
  }

  /// A request that this process carries out.
  private record Work(String attempt, KeyedSecrets secrets) {}

  private void begin(Context ctx) throws IOException {
    Optional<String> key = key(ctx);
    if (key.isEmpty() || NOT_ONCE.matcher(ctx.path()).matches()) {
      return;
    }
    String caller = caller(callers.of(ctx));
    if (caller.isEmpty()) {
      return; // The route says so.
    }
    KeyedSecrets secrets = new KeyedSecrets(key.get(), caller);
    String attempt = RandomIds.next(random);
    Wish wish = new Wish(secrets.name(), fingerprint(ctx, secrets), attempt);
    Instant now = clock.instant();
    underWay.add(attempt);
    Answer answer = store.begin(wish, now.plus(LEASE), now.plus(KEPT), now);
    if (!(answer instanceof Answer.Go)) {
      underWay.remove(attempt);
    }
    switch (answer) {
      case Answer.Go _ -> {
        ctx.attribute(WORK, new Work(attempt, secrets));
        WhenRefused.first(ctx, () -> drop(ctx, attempt));
      }
      case Answer.UnderWay _ ->
          throw new ProblemException(
              new Problem.Conflict(
                  "idempotency_conflict", "The request with this key is still under way"));
      case Answer.Mismatch _ -> throw mismatch();
      case Answer.Done(String sealed) ->
          replay(ctx, secrets.open(sealed).map(StoredAnswer::of).orElseThrow(this::mismatch));
    }
  }

  private ProblemException mismatch() {
    return new ProblemException(
        new Problem.IdempotencyMismatch("The key was used for another request"));
  }

  /// @throws ProblemException 400 `bad_header`
  private static Optional<String> key(Context ctx) {
    List<String> given = Collections.list(ctx.req().getHeaders(HEADER));
    boolean once =
        ctx.method().name().equals("POST") && ctx.header("X-HTTP-Method-Override") == null;
    if (given.isEmpty() || !once) {
      return Optional.empty();
    }
    Matcher form = KEY.matcher(given.getFirst());
    if (given.size() > 1 || !form.matches()) {
      throw new ProblemException(
          new Problem.BadRequest(
              "bad_header", HEADER + " is 1 to 255 visible characters of ASCII, sent once"));
    }
    return Optional.of(form.group(2));
  }

  /// Empty for nobody.
  private static String caller(Caller caller) {
    return switch (caller) {
      case Nobody _ -> "";
      case Person person -> "user " + person.user().id();
      case Program program -> "key " + program.key().id();
    };
  }

  private static String fingerprint(Context ctx, KeyedSecrets secrets) throws IOException {
    String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT).strip();
    boolean document =
        ctx.contentType() == null
            ? !FILE.matcher(ctx.path()).matches()
            : type.startsWith("application/json");
    StringBuilder described = new StringBuilder();
    described
        .append(ctx.path())
        .append('\n')
        .append(ctx.queryString())
        .append('\n')
        // The boundary of parts is another one each time.
        .append(type.split(";", 2)[0])
        .append('\n')
        .append(ctx.req().getContentLengthLong());
    for (String header : TELLING) {
      described.append('\n').append(header).append(':').append(ctx.header(header));
    }
    return secrets.fingerprint(described.toString(), document ? Json.body(ctx) : new byte[0]);
  }

  private void replay(Context ctx, StoredAnswer stored) throws IOException {
    requireSameFile(ctx, stored);
    stored.headers().forEach(ctx::header);
    ctx.header("Idempotency-Replayed", "true");
    ctx.header("Content-Length", Integer.toString(stored.body().length));
    ctx.status(stored.status()).result(stored.body()).skipRemainingHandlers();
  }

  /// Reads what a client of a small file sends, which sees the answer the better for it; of a large
  /// one it is not waited for.
  private void requireSameFile(Context ctx, StoredAnswer stored) throws IOException {
    long length = ctx.req().getContentLengthLong();
    if (length > COMPARED_BYTES || length < 0 && ctx.header("Transfer-Encoding") != null) {
      ctx.header("Connection", "close");
      return;
    }
    String digest = digest(ctx.req().getInputStream());
    boolean file =
        String.valueOf(ctx.contentType()).matches("(?i)(video|audio)/.+|application/octet-stream");
    Optional<String> first = file ? Json.text(stored.body(), "sha256") : Optional.empty();
    if (first.isPresent() && !first.get().equals(digest)) {
      throw mismatch();
    }
  }

  private static String digest(InputStream body) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] some = new byte[64 << 10];
      for (int count = body.read(some); count >= 0; count = body.read(some)) {
        digest.update(some, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void drop(Context ctx, String attempt) {
    ctx.attribute(WORK, null);
    underWay.remove(attempt);
    store.drop(attempt);
  }

  private void end(Context ctx) throws IOException {
    Work work = ctx.attribute(WORK);
    if (work == null) {
      return;
    }
    ctx.attribute(WORK, null);
    try {
      Optional<StoredAnswer> answer = answer(ctx);
      if (answer.isPresent()) {
        String sealed = work.secrets().seal(answer.get().bytes(), random);
        store.done(work.attempt(), sealed, clock.instant().plus(KEPT));
      } else {
        drop(ctx, work.attempt());
      }
    } finally {
      underWay.remove(work.attempt());
    }
  }

  /// What is kept: of success, as long as it is no larger than answers are here.
  private static Optional<StoredAnswer> answer(Context ctx) throws IOException {
    int status = ctx.status().getCode();
    InputStream result = ctx.resultInputStream();
    byte[] body = result == null ? new byte[0] : result.readAllBytes();
    if (result != null) {
      ctx.result(body);
    }
    if (status < 200 || status > 299 || body.length > MAX_ANSWER_BYTES) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : ANSWERED) {
      String value = ctx.res().getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return Optional.of(new StoredAnswer(status, headers, body));
  }

  /// Keeps what this process carries out its own, and forgets what is over.
  public void run() {
    Instant now = clock.instant();
    store.prolong(underWay, now.plus(LEASE));
    store.prune(now, MOST);
  }
}

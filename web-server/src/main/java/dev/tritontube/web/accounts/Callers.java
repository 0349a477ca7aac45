package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Passes.Holder;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Finds out who sent a request: by `Authorization: Bearer` with an access token or an API key, or,
/// where a header cannot be sent, by a pass. Whatever is wrong with the header is as good as none.
/// Thread-safe.
public final class Callers {
  private static final String CALLER = "caller";
  private static final String SCHEME = "Bearer ";
  private static final Caller NOBODY = new Nobody();

  /// How long a film can be watched by one address, with pauses.
  private static final Duration PLAYBACK = Duration.ofHours(12);

  /// Enough to open a connection.
  private static final Duration TICKET = Duration.ofMinutes(1);

  /// How long an address opens that was made for one file.
  private static final Duration LINK = Duration.ofHours(1);

  private final AccessTokens tokens;
  private final Passes playback;
  private final Passes tickets;
  private final Passes links;
  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final String fileKey;
  private final InstantSource clock;

  /// @param fileKey the key in this process's own file, which opens it whatever file another
  ///   process has
  public Callers(Database database, SecretStore secrets, String fileKey, InstantSource clock) {
    this.fileKey = Digests.of(fileKey);
    this.tokens = new AccessTokens(secrets, clock);
    this.playback = new Passes(secrets.signer("playback"), PLAYBACK, clock);
    this.tickets = new Passes(secrets.signer("ticket"), TICKET, clock);
    this.links = new Passes(secrets.signer("link"), LINK, clock);
    this.sessions = new SessionStore(database);
    this.keys = new ApiKeyStore(database);
    this.clock = clock;
  }

  /// Looked up once for a request.
  public Caller of(Context ctx) {
    Caller known = ctx.attribute(CALLER);
    if (known == null) {
      known = bearer(ctx).map(this::holder).orElse(NOBODY);
      ctx.attribute(CALLER, known);
    }
    return Objects.requireNonNull(known);
  }

  /// @throws ProblemException 401 for nobody
  public Caller require(Context ctx) {
    Caller caller = of(ctx);
    if (caller instanceof Nobody) {
      throw new ProblemException(
          new Problem.Unauthorized(
              bearer(ctx).isEmpty()
                  ? "This needs a key or an access token: 'Authorization: Bearer KEY'"
                  : "The key or access token is wrong, or not valid any more"));
    }
    return caller;
  }

  /// @throws ProblemException 401 for nobody, 403 for who may not
  public Caller require(Context ctx, Scope scope) {
    Caller caller = require(ctx);
    if (!caller.may(scope)) {
      throw new ProblemException(
          new Problem.Forbidden("forbidden", "This needs the scope '" + scope.word() + "'"));
    }
    return caller;
  }

  /// The same caller as he is now; empty when he may not come in any more.
  public Optional<Caller> again(Caller caller) {
    return switch (caller) {
      case Nobody nobody -> Optional.of(nobody);
      case Person person -> standing(new Holder.OfSession(person.session()));
      case Program program -> standing(new Holder.OfKey(program.key().id()));
    };
  }

  /// A pass by which a video can be played as the caller may play it, as long as he may.
  public Pass playback(Caller caller, VideoId video) {
    return playback.issue(caller, video.value());
  }

  /// Takes the holder of a pass for the caller, whatever else the request carries.
  ///
  /// @throws ProblemException 403 `bad_playback_token`
  public Caller ofPlayback(Context ctx, String pass, VideoId video) {
    return holder(
        ctx,
        playback.holder(pass, video.value()),
        new Problem.Forbidden("bad_playback_token", "The playback token is wrong or over"));
  }

  /// A pass for one stream, to be opened soon.
  ///
  /// @param path of the stream
  public Pass ticket(Caller caller, String path) {
    return tickets.issue(caller, path);
  }

  /// Who asks for a stream: the holder of the ticket if there is one.
  ///
  /// @throws ProblemException 401 `bad_ticket`
  public Caller ofStream(Context ctx, Optional<String> ticket) {
    if (ticket.isEmpty()) {
      return of(ctx);
    }
    return holder(
        ctx,
        tickets.holder(ticket.get(), ctx.path()),
        new Problem.Unauthorized("bad_ticket", "The ticket is wrong, of another stream, or over"));
  }

  /// A pass for one file, to or from the server.
  ///
  /// @param thing what may be done with which
  public Pass link(Caller caller, String thing) {
    return links.issue(caller, thing);
  }

  /// Takes the holder of a pass for the caller.
  ///
  /// @throws ProblemException 403 `bad_link`
  public Caller ofLink(Context ctx, String pass, String thing) {
    return holder(
        ctx,
        links.holder(pass, thing),
        new Problem.Forbidden("bad_link", "The address is wrong, or its time is over"));
  }

  /// Makes the holder of a pass the caller, as he is now.
  private Caller holder(Context ctx, Optional<Holder> holder, Problem otherwise) {
    Caller caller =
        holder.flatMap(this::standing).orElseThrow(() -> new ProblemException(otherwise));
    ctx.attribute(CALLER, caller);
    return caller;
  }

  private Optional<Caller> standing(Holder holder) {
    return switch (holder) {
      case Holder.OfSession(String session) ->
          sessions.person(session, clock.instant()).map(Caller.class::cast);
      case Holder.OfKey(String key) ->
          keys.programById(key, clock.instant()).map(Caller.class::cast);
    };
  }

  private Caller holder(String bearer) {
    Optional<Caller> person =
        tokens
            .session(bearer)
            .flatMap(session -> sessions.person(session, clock.instant()))
            .map(Caller.class::cast);
    return person
        .or(() -> keys.program(bearer, clock.instant()).map(Caller.class::cast))
        .or(() -> ofFile(bearer))
        .orElse(NOBODY);
  }

  private Optional<Caller> ofFile(String bearer) {
    return fileKey.equals(Digests.of(bearer))
        ? standing(new Holder.OfKey(ApiKey.OF_FILE))
        : Optional.empty();
  }

  private static Optional<String> bearer(Context ctx) {
    return Optional.ofNullable(ctx.header("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }
}

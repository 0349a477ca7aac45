package dev.tritontube.web.limits;

import dev.tritontube.web.accounts.Caller;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.http.ClientNetwork;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// How many requests one account, or one address without an account, may send. To be added before
/// all other routes.
///
/// Not counted: what a player asks for, the bytes of resumable uploads, health, administrators, and
/// who comes from this machine itself.
public final class RateLimitRoutes implements Routes {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> GOING_ON = Set.of("PATCH", "HEAD");

  private static final Pattern FREE =
      Pattern.compile(
          "/api/v1/(health(/.*)?|videos/[^/]+/(t/.+|media/.+|text/.+|manifest\\.mpd|master\\.m3u8"
              + "|poster\\.jpg|thumbnails\\.[a-z]+|original(/t/.+)?))");

  private static final Pattern UPLOAD = Pattern.compile("/api/v1/uploads/[^/]+");

  /// The router takes it with slashes at the end, too.
  private static final Pattern REGISTER = Pattern.compile("/api/v1/auth/register/*");

  private final Callers callers;
  private final Optional<Buckets> accounts;
  private final Optional<Buckets> addresses;
  private final Optional<Buckets> registrations;

  /// @param perMinute requests; 0 = as many as they like
  /// @param registrationsPerHour of one address; 0 = as many as they like
  public record Limits(int perMinute, int registrationsPerHour) {
    /// Ten times what the busiest page needs, and a fiftieth of what a server answers.
    public static final Limits USUAL = new Limits(3000, 20);

    public Limits {
      if (perMinute < 0 || registrationsPerHour < 0) {
        throw new IllegalArgumentException("a limit is a number, or 0 for none");
      }
    }
  }

  /// @param nanoTime like `System::nanoTime`
  public RateLimitRoutes(Limits limits, Callers callers, LongSupplier nanoTime) {
    this.callers = callers;
    this.accounts = buckets("account", limits.perMinute(), Duration.ofMinutes(1), nanoTime);
    this.addresses = buckets("address", limits.perMinute(), Duration.ofMinutes(1), nanoTime);
    this.registrations =
        buckets("registration", limits.registrationsPerHour(), Duration.ofHours(1), nanoTime);
  }

  private static Optional<Buckets> buckets(
      String name, int capacity, Duration period, LongSupplier nanoTime) {
    return capacity == 0
        ? Optional.empty()
        : Optional.of(new Buckets(name, capacity, period, nanoTime));
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    routing.before("/api/*", this::admit);
    routing.wsBeforeUpgrade("/api/*", this::admit);
  }

  /// @throws ProblemException 429
  private void admit(Context ctx) {
    String method = ctx.method().name();
    if (READING.contains(method) && FREE.matcher(ctx.path()).matches()) {
      return;
    }
    Caller caller = callers.of(ctx);
    if (caller.isAdministrator()) {
      return;
    }
    ClientNetwork client = ClientNetwork.of(ctx);
    Optional<Owner> account = caller.owner();
    if (account.isPresent()) {
      boolean bytes = GOING_ON.contains(method) && UPLOAD.matcher(ctx.path()).matches();
      if (!bytes) {
        take(ctx, accounts, account.get().value());
      }
    } else if (!client.loopback()) {
      take(ctx, addresses, client.name());
    }
    if (!client.loopback() && REGISTER.matcher(ctx.path()).matches() && method.equals("POST")) {
      take(ctx, registrations, client.name());
    }
  }

  private static void take(Context ctx, Optional<Buckets> buckets, String who) {
    buckets.ifPresent(each -> take(ctx, each, who));
  }

  private static void take(Context ctx, Buckets buckets, String who) {
    Buckets.Outcome outcome = buckets.take(who);
    ctx.res().addHeader("RateLimit-Policy", buckets.policy());
    ctx.res().addHeader("RateLimit", buckets.state(outcome));
    if (!outcome.granted()) {
      throw new ProblemException(
          new Problem.TooManyRequests("Too many requests: wait", outcome.retry()));
    }
  }
}

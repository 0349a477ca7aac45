package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.ApiKey;
import dev.tritontube.web.accounts.ApiKeyStore;
import dev.tritontube.web.accounts.Callers;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.UserRemoval;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.http.Routes;
import dev.tritontube.web.passwords.Cost;
import dev.tritontube.web.passwords.Passwords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Accounts over REST, put together.
public final class Accounts {
  /// How often `prune` is to be run.
  public static final Duration PERIOD = Duration.ofMinutes(1);

  private final ApiKeyStore keys;
  private final String adminKey;
  private final InstantSource clock;
  private final QuotaStore quotas;
  private final Callers callers;
  private final UserRemoval removal;
  private final SignIn signIn;
  private final Credentials credentials;
  private final AuditLog acts;
  private final List<Routes> routes;

  /// How accounts are to be.
  ///
  /// @param registered what somebody is who registers; empty: nobody may
  /// @param cost of hashing a password
  /// @param hashings how many passwords are hashed at once
  /// @param quota of everybody of whom nothing else is said
  public record Settings(Optional<Role> registered, Cost cost, int hashings, Quota quota) {}

  /// What accounts stand on.
  ///
  /// @param random must be unpredictable outside of tests
  /// @param videos deletes a video of a user who is deleted
  public record Ground(
      Database database, UserRemoval.Videos videos, RandomGenerator random, InstantSource clock) {}

  /// @param adminKey the key in the file `admin.key`
  public Accounts(Ground ground, Settings settings, String adminKey) {
    Database database = ground.database();
    RandomGenerator random = ground.random();
    this.adminKey = adminKey;
    clock = ground.clock();
    SecretStore secrets = new SecretStore(database, random);
    Passwords passwords = new Passwords(settings.cost(), random, settings.hashings());
    UserStore users = new UserStore(database);
    keys = new ApiKeyStore(database);
    quotas = new QuotaStore(database, settings.quota());
    callers = new Callers(database, secrets, adminKey, clock);
    removal = new UserRemoval(users, ground.videos(), clock);
    credentials = new Credentials(database, passwords, clock);
    signIn = new SignIn(database, secrets, random, clock);
    acts = new AuditLog(new AuditStore(database), random, clock);
    Members members = new Members(database, credentials, random, clock);
    routes =
        List.of(
            new AuthRoutes(signIn, credentials, callers),
            new AccountRoutes(
                members, credentials, callers, removal, quotas, settings.registered()),
            new KeyRoutes(keys, users, callers, random, clock),
            new UserRoutes(members, users, removal, quotas, callers, clock),
            new TicketRoutes(callers),
            new AuditRoutes(acts, callers));
  }

  /// Makes the key of the file one of those in the catalog. For processes that answer requests: one
  /// that only works may have a file of its own.
  public void open() {
    keys.ofFile(adminKey, clock.instant());
  }

  /// Who sends a request.
  public Callers callers() {
    return callers;
  }

  /// What users have and may have.
  public QuotaStore quotas() {
    return quotas;
  }

  /// To be run every `UserRemoval.PERIOD`.
  public UserRemoval removal() {
    return removal;
  }

  public List<Routes> routes() {
    return routes;
  }

  /// Writes down what somebody did with the key of the file over the administration port.
  public void done(String action, String target) {
    acts.write(new AuditLog.Act(ApiKey.OF_FILE, ApiKey.OF_FILE, action, target, "-"));
  }

  /// Forgets what is over. To be run every `PERIOD`.
  public void prune() {
    signIn.prune();
    credentials.prune();
    acts.prune();
  }
}

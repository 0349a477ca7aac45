package dev.tritontube.web.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.accounts.ApiKey;
import dev.tritontube.web.accounts.ApiKeyStore;
import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Role;
import dev.tritontube.web.accounts.Scope;
import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.SessionStore;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.accounts.User.State;
import dev.tritontube.web.accounts.UserId;
import dev.tritontube.web.accounts.UserRemoval;
import dev.tritontube.web.accounts.UserStore;
import dev.tritontube.web.accounts.Username;
import dev.tritontube.web.auth.SignInAttemptStore.Subject;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.RandomIds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the catalog keeps of accounts. On PostgreSQL when the variable TRITONTUBE_TEST_DATABASE
/// names a database.
class AccountStoresTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);

  @TempDir private static Path folder;
  private static final RandomGenerator random = new SecureRandom();
  private static Database database;
  private static UserStore users;
  private static SessionStore sessions;
  private static ApiKeyStore keys;

  @BeforeAll
  static void open() throws Exception {
    String url = System.getenv("TRITONTUBE_TEST_DATABASE");
    database =
        url == null
            ? Database.open(folder.resolve("catalog.db"))
            : Database.open(url, Optional.empty(), Optional.empty());
    users = new UserStore(database);
    sessions = new SessionStore(database);
    keys = new ApiKeyStore(database);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aSessionIsRenewedOnceByEachToken() {
    User user = user();
    String session = session(user, NOW);
    assertEquals(user, sessions.person(session, NOW).orElseThrow().user());
    assertTrue(sessions.renew(session, 1, NOW, LATER.plusSeconds(1)));
    assertFalse(sessions.renew(session, 1, NOW, LATER));
    assertTrue(sessions.person(session, LATER).isPresent());
    assertFalse(sessions.renew(session, 2, LATER.plusSeconds(1), LATER.plusSeconds(9)));
    sessions.end(session);
    assertEquals(Optional.empty(), sessions.person(session, NOW));
  }

  @Test
  void theOldestOfTooManySessionsEnds() {
    User user = user();
    String first = session(user, NOW);
    String second = session(user, NOW.plusMillis(1));
    for (int i = 0; i < 49; i++) {
      session(user, NOW.plusSeconds(1));
    }
    assertEquals(Optional.empty(), sessions.person(first, NOW));
    assertTrue(sessions.person(second, NOW).isPresent());
  }

  @Test
  void sessionsThatAreOverAreForgotten() {
    User user = user();
    String over = session(user, NOW);
    String other = session(user, NOW.plusSeconds(1));
    sessions.prune(LATER);
    assertEquals(Optional.empty(), sessions.person(over, NOW));
    assertTrue(sessions.person(other, NOW).isPresent());
  }

  @Test
  void aKeyOpensUntilItsEndForAnActiveUser() {
    User user = user();
    String id = key(user.id(), "one-" + user.id(), LATER);
    Program holder = keys.program("one-" + user.id(), NOW).orElseThrow();
    assertEquals(user, holder.user());
    assertFalse(holder.may(Scope.UPLOAD));
    assertEquals(Optional.empty(), keys.program("another", NOW));
    assertEquals(Optional.empty(), keys.program("one-" + user.id(), LATER));
    assertEquals(Optional.of(NOW), keys.find(id).map(ApiKey::lastUsedAt));

    users.change(user.id(), Role.ADMIN, State.DISABLED, Quota.NONE, LATER);
    assertEquals(Optional.empty(), keys.program("one-" + user.id(), NOW));
    assertEquals(Optional.empty(), keys.programById(id, NOW));
  }

  @Test
  void thatAKeyIsUsedIsNotedToTheMinute() {
    User user = user();
    String id = key(user.id(), "two-" + user.id(), null);
    for (int seconds : List.of(0, 30, 61)) {
      keys.program("two-" + user.id(), NOW.plusSeconds(seconds));
      Instant noted = NOW.plusSeconds(seconds == 61 ? 61 : 0);
      assertEquals(Optional.of(noted), keys.find(id).map(ApiKey::lastUsedAt));
    }
  }

  @Test
  void aUserHasOnlySoManyKeys() {
    User user = user();
    for (int i = 0; i < ApiKeyStore.MAX_OF_ONE; i++) {
      key(user.id(), i + "-" + user.id(), null);
    }
    assertFalse(keys.add(apiKey(user.id(), null), "more-" + user.id()));
    assertEquals(ApiKeyStore.MAX_OF_ONE, keys.list(user.id()).size());
  }

  @Test
  void thereIsOneKeyOfAFile() {
    keys.ofFile("first", NOW);
    keys.ofFile("first", LATER);
    assertEquals(Optional.of(NOW), keys.find(ApiKey.OF_FILE).map(ApiKey::createdAt));
    keys.ofFile("second", LATER);
    assertEquals(Optional.empty(), keys.program("first", LATER));
    assertTrue(keys.program("second", LATER).orElseThrow().isAdministrator());
    assertEquals(Optional.of(LATER), keys.find(ApiKey.OF_FILE).map(ApiKey::createdAt));
  }

  @Test
  void aResetTokenHoldsOnceAndForAWhile() {
    User user = user();
    String session = session(user, NOW);
    users.allowReset(user.id(), "old-" + user.id(), LATER);
    users.allowReset(user.id(), "new-" + user.id(), LATER);
    assertEquals(Optional.empty(), users.resettable("old-" + user.id(), NOW));
    assertEquals(Optional.of(user), users.resettable("new-" + user.id(), NOW));
    assertEquals(Optional.empty(), users.resettable("new-" + user.id(), LATER));
    assertTrue(users.reset(user.id(), "new-" + user.id(), "hash", LATER));
    assertFalse(users.reset(user.id(), "new-" + user.id(), "other", LATER));
    assertEquals("hash", users.known(user.username()).orElseThrow().password());
    assertEquals(Optional.empty(), sessions.person(session, NOW));
  }

  @Test
  void usersAreListedFromTheNewest() {
    Instant future = NOW.plus(Duration.ofDays(1000));
    User older = user(future);
    User newer = user(future.plusSeconds(1));
    assertEquals(List.of(newer, older), users.list(Optional.empty(), 2));
    UserStore.Cursor place = new UserStore.Cursor(newer.createdAt(), newer.id());
    assertEquals(List.of(older), users.list(Optional.of(place), 1));
    assertFalse(
        users.add(new User(id(), older.username(), Role.VIEWER, State.ACTIVE, NOW, NOW), null));
    assertTrue(new UserRemoval(users, _ -> {}, InstantSource.fixed(NOW)).delete(newer.id()));
    assertTrue(new UserRemoval(users, _ -> {}, InstantSource.fixed(NOW)).delete(older.id()));
    assertEquals(Optional.empty(), users.find(older.id()));
  }

  @Test
  void attemptsAreCountedAndForgiven() {
    SignInAttemptStore attempts = new SignInAttemptStore(database);
    Subject account = new Subject("account:" + id(), 1, Duration.ofSeconds(9));
    Subject address = new Subject("address:" + id(), 9, Duration.ofSeconds(9));
    List<Subject> both = List.of(account, address);
    assertEquals(Optional.empty(), attempts.begin(both, NOW));
    assertEquals(Optional.empty(), attempts.begin(both, NOW));
    assertEquals(Optional.of(Duration.ofSeconds(1)), attempts.begin(both, NOW));
    attempts.succeeded(account, address);
    assertEquals(Optional.empty(), attempts.begin(both, NOW));
    attempts.prune(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void allWebServersSignAlike() {
    String signed = new SecretStore(database, random).signer("purpose").sign("text");
    assertTrue(new SecretStore(database, random).signer("purpose").signed("text", signed));
    assertFalse(new SecretStore(database, random).signer("another").signed("text", signed));
  }

  @Test
  void actsAreListedFromTheNewest() {
    AuditStore audit = new AuditStore(database);
    Instant future = NOW.plus(Duration.ofDays(1000));
    AuditStore.Entry older = entry(future);
    AuditStore.Entry newer = entry(future.plusSeconds(1));
    audit.add(older);
    audit.add(newer);
    assertEquals(List.of(newer, older), audit.list(Optional.empty(), 2));
    AuditStore.Cursor place = new AuditStore.Cursor(newer.at(), newer.id());
    assertEquals(List.of(older), audit.list(Optional.of(place), 1));
    audit.prune(future.plus(Duration.ofDays(402)));
    assertEquals(List.of(), audit.list(Optional.empty(), 2));
  }

  private static AuditStore.Entry entry(Instant at) {
    return new AuditStore.Entry(
        RandomIds.next(random), at, "actor", "name", "action", "target", "request");
  }

  private static UserId id() {
    return UserId.random(random);
  }

  private static User user() {
    return user(NOW);
  }

  private static User user(Instant at) {
    UserId id = id();
    User user = new User(id, new Username(id.value()), Role.UPLOADER, State.ACTIVE, at, at);
    assertTrue(users.add(user, null));
    return user;
  }

  /// One that is over an hour later.
  private static String session(User user, Instant at) {
    String session = RandomIds.next(random);
    sessions.begin(session, user.id(), at, at.plusSeconds(3600));
    return session;
  }

  private static String key(UserId user, String key, @Nullable Instant expires) {
    ApiKey added = apiKey(user, expires);
    assertTrue(keys.add(added, key));
    return added.id();
  }

  private static ApiKey apiKey(UserId user, @Nullable Instant expires) {
    return new ApiKey(RandomIds.next(random), user, "name", Set.of(Scope.READ), NOW, expires, null);
  }
}

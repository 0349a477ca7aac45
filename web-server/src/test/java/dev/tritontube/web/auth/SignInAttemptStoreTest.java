package dev.tritontube.web.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.auth.SignInAttemptStore.Subject;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInAttemptStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Subject ACCOUNT = new Subject("account:a", 2, Duration.ofSeconds(10));
  private static final Subject OTHER = new Subject("account:b", 2, Duration.ofSeconds(10));
  private static final Subject ADDRESS = new Subject("address:1", 4, Duration.ofSeconds(3));

  @TempDir Path folder;
  private Database database;
  private SignInAttemptStore attempts;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    attempts = new SignInAttemptStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    List<Long> pauses = new ArrayList<>();
    Instant now = NOW;
    for (int i = 0; i < 8; i++) {
      assertEquals(Optional.empty(), attempts.begin(List.of(ACCOUNT), now));
      Duration pause = attempts.begin(List.of(ACCOUNT), now).orElse(Duration.ZERO);
      if (pause.isZero()) {
        continue; // That one was let in, and counted.
      }
      pauses.add(pause.toSeconds());
      now = now.plus(pause);
    }
    assertEquals(List.of(1L, 2L, 4L, 8L, 10L, 10L, 10L), pauses);
  }

  @Test
  void whoIsToldToWaitIsNotCounted() {
    for (int i = 0; i < 3; i++) {
      attempts.begin(List.of(ACCOUNT), NOW);
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.of(Duration.ofSeconds(1)), attempts.begin(List.of(ACCOUNT), NOW));
    }
  }

  @Test
  void anAddressIsCountedOverAllAccounts() {
    for (int i = 0; i < 2; i++) {
      assertEquals(Optional.empty(), attempts.begin(List.of(ACCOUNT, ADDRESS), NOW));
      assertEquals(Optional.empty(), attempts.begin(List.of(OTHER, ADDRESS), NOW));
    }
    Subject third = new Subject("account:c", 2, Duration.ofSeconds(10));
    assertEquals(Optional.empty(), attempts.begin(List.of(third, ADDRESS), NOW));
    assertEquals(Optional.of(Duration.ofSeconds(1)), attempts.begin(List.of(third, ADDRESS), NOW));
  }

  @Test
  void successForgivesTheAccountAndOneOfTheAddress() {
    for (int i = 0; i < 4; i++) {
      attempts.begin(List.of(ACCOUNT, ADDRESS), NOW.plusSeconds(100 * i));
      attempts.succeeded(ACCOUNT, ADDRESS);
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(
          Optional.empty(), attempts.begin(List.of(ACCOUNT, ADDRESS), NOW.plusSeconds(400)));
    }
    assertEquals(Optional.empty(), attempts.begin(List.of(OTHER, ADDRESS), NOW.plusSeconds(400)));
  }

  @Test
  void failuresAreForgottenAfterAnHour() {
    for (int i = 0; i < 3; i++) {
      attempts.begin(List.of(ACCOUNT), NOW);
    }
    Instant later = NOW.plus(Duration.ofMinutes(61));
    for (int i = 0; i < 2; i++) {
      assertEquals(Optional.empty(), attempts.begin(List.of(ACCOUNT), later));
    }
    attempts.prune(later);
    assertEquals(1, rows());
    attempts.prune(later.plus(Duration.ofMinutes(61)));
    assertEquals(0, rows());
  }

  private int rows() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from sign_in_attempts")
                    .mapTo(Integer.class)
                    .one());
  }
}

package dev.tritontube.web.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.accounts.Caller.Program;
import dev.tritontube.web.accounts.Passes.Holder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final byte[] SECRET = new byte[32];
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Caller CALLER =
      new Program(new ApiKey(ApiKey.OF_FILE, null, "admin.key", Scope.ALL, NOW, null, null), null);

  private Instant now = NOW;
  private final Passes passes = passes("one");

  @Test
  void openOneThingForAWhile() {
    String pass = passes.issue(CALLER, "thing").text();
    Optional<Holder> holder = Optional.of(new Holder.OfKey(ApiKey.OF_FILE));
    assertEquals(holder, passes.holder(pass, "thing"));
    assertEquals(Optional.empty(), passes.holder(pass, "another thing"));
    now = NOW.plusSeconds(59);
    assertEquals(holder, passes.holder(pass, "thing"));
    now = NOW.plusSeconds(60);
    assertEquals(Optional.empty(), passes.holder(pass, "thing"));
  }

  @Test
  void openNothingForAnotherPurpose() {
    String pass = passes.issue(CALLER, "thing").text();
    assertEquals(Optional.empty(), passes("another").holder(pass, "thing"));
  }

  private Passes passes(String purpose) {
    InstantSource clock = () -> now;
    return new Passes(new Signer(SECRET, purpose), Duration.ofMinutes(1), clock);
  }
}

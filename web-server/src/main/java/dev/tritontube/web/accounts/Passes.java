package dev.tritontube.web.accounts;

import dev.tritontube.web.accounts.Caller.Nobody;
import dev.tritontube.web.accounts.Caller.Person;
import dev.tritontube.web.accounts.Caller.Program;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Passes stand for whoever asked for them, for one thing and for a while, where nothing can be
/// sent in a header. They say who that is and not what he may: that is asked when one is shown.
/// Thread-safe.
///
/// A pass is `END~HOLDER~SIGNATURE`: seconds since 1970, `s` and a session or `k` and a key, and
/// what is signed is that and the thing. All of it may stand in a path.
final class Passes {
  private static final Pattern FORM =
      Pattern.compile("((\\d{1,12})~([sk])([a-z2-7]{20}|admin\\.key))~([A-Za-z0-9_-]{43})");

  private final Signer signer;
  private final Duration lifetime;
  private final InstantSource clock;

  Passes(Signer signer, Duration lifetime, InstantSource clock) {
    this.signer = signer;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /// Whom a pass stands for.
  sealed interface Holder {
    record OfSession(String session) implements Holder {}

    record OfKey(String key) implements Holder {}
  }

  /// @param thing it opens
  /// @throws IllegalArgumentException for nobody
  Pass issue(Caller caller, String thing) {
    String holder =
        switch (caller) {
          case Nobody _ -> throw new IllegalArgumentException("a pass for nobody");
          case Person person -> "s" + person.session();
          case Program program -> "k" + program.key().id();
        };
    Instant expires = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String said = expires.getEpochSecond() + "~" + holder;
    return new Pass(said + "~" + signer.sign(thing + "~" + said), expires);
  }

  /// Empty when it is none of ours, of another thing, or over.
  Optional<Holder> holder(String pass, String thing) {
    Matcher parts = FORM.matcher(pass);
    boolean valid =
        parts.matches()
            && signer.signed(thing + "~" + parts.group(1), parts.group(5))
            && Long.parseLong(parts.group(2)) > clock.instant().getEpochSecond();
    if (!valid) {
      return Optional.empty();
    }
    return Optional.of(
        parts.group(3).equals("s")
            ? new Holder.OfSession(parts.group(4))
            : new Holder.OfKey(parts.group(4)));
  }
}

package dev.tritontube.web.auth;

import dev.tritontube.web.accounts.SecretStore;
import dev.tritontube.web.accounts.Signer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refresh tokens: a session, a number that goes up each time, and our signature. So one that was
/// used before is told from one that somebody made up, who could otherwise end sessions of others.
/// Thread-safe.
final class RefreshTokens {
  private static final Pattern FORM =
      Pattern.compile("(([a-z2-7]{20})\\.(\\d{1,18}))\\.([A-Za-z0-9_-]{43})");

  private final Signer signer;

  RefreshTokens(SecretStore secrets) {
    this.signer = secrets.signer("refresh");
  }

  record Refresh(String session, long serial) {}

  String issue(Refresh refresh) {
    String signed = refresh.session() + "." + refresh.serial();
    return signed + "." + signer.sign(signed);
  }

  /// Empty when it is none of ours.
  Optional<Refresh> read(String token) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches() || !signer.signed(parts.group(1), parts.group(4))) {
      return Optional.empty();
    }
    return Optional.of(new Refresh(parts.group(2), Long.parseLong(parts.group(3))));
  }
}

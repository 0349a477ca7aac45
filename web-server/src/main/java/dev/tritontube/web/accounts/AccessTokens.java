package dev.tritontube.web.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.web.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// What people who signed in send with their requests: JSON web tokens (RFC 7519) of one kind,
/// signed with HMAC-SHA-256 (RFC 7515). Thread-safe.
///
/// All have the same header, and one with another header is none: there is no algorithm to choose,
/// so nobody can choose `none`.
public final class AccessTokens {
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final String ISSUER = "tritontube";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Signer signer;
  private final InstantSource clock;

  public AccessTokens(SecretStore secrets, InstantSource clock) {
    this.signer = secrets.signer("access");
    this.clock = clock;
  }

  /// @param sub the user
  /// @param sid the session; all else is looked up at each request
  private record Claims(String iss, String sub, String sid, long iat, long exp) {}

  public String issue(UserId user, String session) {
    Instant now = clock.instant();
    byte[] claims =
        Json.bytes(
            new Claims(
                ISSUER,
                user.value(),
                session,
                now.getEpochSecond(),
                now.plus(LIFETIME).getEpochSecond()));
    String signed = HEADER + "." + ENCODER.encodeToString(claims);
    return signed + "." + signer.sign(signed);
  }

  /// The session that a token is of; empty when it is none of ours, or over.
  Optional<String> session(String token) {
    int end = token.lastIndexOf('.');
    if (end < 0 || !token.startsWith(HEADER + ".")) {
      return Optional.empty();
    }
    String signed = token.substring(0, end);
    if (!signer.signed(signed, token.substring(end + 1))) {
      return Optional.empty();
    }
    JsonNode claims = claims(signed.substring(HEADER.length() + 1));
    boolean valid =
        claims.path("iss").asText().equals(ISSUER)
            && claims.path("exp").asLong() > clock.instant().getEpochSecond();
    return valid ? Optional.of(claims.path("sid").asText()) : Optional.empty();
  }

  private static JsonNode claims(String encoded) {
    try {
      return MAPPER.readTree(Base64.getUrlDecoder().decode(encoded));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a token that is ours is no JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }
}

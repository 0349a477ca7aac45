package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.security.MessageDigest;

/// The key that writing needs, sent as `Authorization: Bearer KEY`. Thread-safe.
public final class AccessKey {
  private static final String SCHEME = "Bearer ";

  private final byte[] key;

  public AccessKey(String key) {
    this.key = key.getBytes(UTF_8);
  }

  /// @throws ProblemException 401
  public void require(Context ctx) {
    if (!presented(ctx)) {
      throw new ProblemException(
          new Problem.Unauthorized(
              ctx.header("Authorization") == null
                  ? "This needs the key: 'Authorization: Bearer KEY'"
                  : "The key is wrong"));
    }
  }

  /// True when the request carries the key; a wrong key is as good as none.
  public boolean presented(Context ctx) {
    String header = ctx.header("Authorization");
    return header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(key, header.substring(SCHEME.length()).strip().getBytes(UTF_8));
  }
}

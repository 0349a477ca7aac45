package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.jspecify.annotations.Nullable;

/// SHA-256 of bytes that come in several requests, to several processes: what it has taken so far
/// can be kept. (The JDK's cannot.) For one thread.
final class SavedDigest {
  private static final int COPIED_BYTES = 64 << 10;

  private final SHA256Digest digest;

  private SavedDigest(SHA256Digest digest) {
    this.digest = digest;
  }

  /// @param state what `state` gave; null: of nothing
  static SavedDigest of(@Nullable String state) {
    return new SavedDigest(
        state == null ? new SHA256Digest() : new SHA256Digest(Base64.getDecoder().decode(state)));
  }

  /// Takes what is between position and limit, which stay.
  void update(ByteBuffer data) {
    ByteBuffer rest = data.duplicate();
    byte[] some = new byte[Math.min(COPIED_BYTES, rest.remaining())];
    while (rest.hasRemaining()) {
      int count = Math.min(some.length, rest.remaining());
      rest.get(some, 0, count);
      digest.update(some, 0, count);
    }
  }

  String state() {
    return Base64.getEncoder().encodeToString(digest.getEncodedState());
  }

  /// Of all so far; more can come.
  Sha256 value() {
    byte[] value = new byte[digest.getDigestSize()];
    new SHA256Digest(digest).doFinal(value, 0);
    return new Sha256(HexFormat.of().formatHex(value));
  }
}

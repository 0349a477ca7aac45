package dev.tritontube.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;

/// The name of a blob: 1 to 512 bytes of UTF-8. Written once, and never used again after it was
/// deleted.
public record BlobKey(String value) {
  public static final int MAX_BYTES = 512;

  private static final HashFunction HASH = Hashing.murmur3_128();

  public BlobKey {
    int bytes = value.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a blob key has 1 to " + MAX_BYTES + " bytes, not " + bytes);
    }
  }

  /// The place of this key on the ring: the first 64 bits of MurmurHash3 (x64, 128 bits, seed 0)
  /// over its UTF-8 bytes.
  public long hash64() {
    return HASH.hashString(value, UTF_8).asLong();
  }

  @Override
  public String toString() {
    return value;
  }
}

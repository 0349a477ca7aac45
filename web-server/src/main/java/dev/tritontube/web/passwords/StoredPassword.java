package dev.tritontube.web.passwords;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A password as it is kept, in the form of the PHC: `$argon2id$v=19$m=19456,t=2,p=1$SALT$TAG`,
/// base 64 without padding. Printing it does not show it.
final class StoredPassword {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,88})");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final Cost cost;
  private final byte[] salt;
  private final byte[] tag;

  private StoredPassword(Cost cost, byte[] salt, byte[] tag) {
    this.cost = cost;
    this.salt = salt;
    this.tag = tag;
  }

  static StoredPassword of(byte[] password, Cost cost, RandomGenerator random) {
    byte[] salt = bytes(random, SALT_BYTES);
    return new StoredPassword(cost, salt, Argon2id.tag(cost, password, salt, TAG_BYTES));
  }

  /// One that no password opens, and that takes as long to find out.
  static StoredPassword ofNobody(Cost cost, RandomGenerator random) {
    return new StoredPassword(cost, bytes(random, SALT_BYTES), bytes(random, TAG_BYTES));
  }

  /// @throws IllegalArgumentException when it has another form
  static StoredPassword parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a kept password has a form that is not known");
    }
    return new StoredPassword(
        new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))),
        Base64.getDecoder().decode(parts.group(3)),
        Base64.getDecoder().decode(parts.group(4)));
  }

  boolean opensWith(byte[] password) {
    return MessageDigest.isEqual(tag, Argon2id.tag(cost, password, salt, tag.length));
  }

  boolean costs(Cost other) {
    return cost.equals(other);
  }

  String text() {
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            cost.kibibytes(),
            cost.passes(),
            ENCODER.encodeToString(salt),
            ENCODER.encodeToString(tag));
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}

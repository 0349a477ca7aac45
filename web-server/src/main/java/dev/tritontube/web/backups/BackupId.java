package dev.tritontube.web.backups;

import dev.tritontube.ring.BlobKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The name of a copy of the catalog: when it was begun, to the second (UTC), and something random,
/// so that no key is ever used twice. In the order of time.
public record BackupId(String value) {
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// What the keys of all copies begin with.
  static final String PREFIX = "c/";

  private static final String MANIFEST = "manifest";

  public BackupId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' names no backup");
    }
  }

  /// Empty when it names none.
  public static Optional<BackupId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new BackupId(text)) : Optional.empty();
  }

  static BackupId at(Instant time, RandomGenerator random) {
    return new BackupId("%s-%08x".formatted(TIME.format(time), random.nextInt()));
  }

  BlobKey manifest() {
    return new BlobKey(PREFIX + value + "/" + MANIFEST);
  }

  BlobKey chunk(int number) {
    return new BlobKey(PREFIX + value + "/" + number);
  }

  /// What the rest of a key says.
  ///
  /// @param chunk -1: the manifest
  record Part(BackupId backup, int chunk) {}

  /// Empty when the key is of no copy.
  static Optional<Part> part(String key) {
    String[] parts = key.split("/", -1);
    Optional<BackupId> id =
        parts.length == 3 && key.startsWith(PREFIX) ? parse(parts[1]) : Optional.empty();
    return id.flatMap(backup -> number(parts[2]).map(chunk -> new Part(backup, chunk)));
  }

  private static Optional<Integer> number(String text) {
    if (text.equals(MANIFEST)) {
      return Optional.of(-1);
    }
    return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}

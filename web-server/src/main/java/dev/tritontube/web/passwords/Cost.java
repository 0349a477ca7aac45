package dev.tritontube.web.passwords;

/// What one hashing of a password costs.
///
/// @param kibibytes of memory
/// @param passes over it
public record Cost(int kibibytes, int passes) {
  /// As OWASP advises: 19 MiB, twice.
  public static final Cost USUAL = new Cost(19_456, 2);

  private static final int MIN_KIBIBYTES = 8;
  private static final int MAX_KIBIBYTES = 1 << 20;

  public Cost {
    if (kibibytes < MIN_KIBIBYTES || kibibytes > MAX_KIBIBYTES || passes < 1 || passes > 64) {
      throw new IllegalArgumentException("no cost: " + kibibytes + " KiB, " + passes + " passes");
    }
  }
}

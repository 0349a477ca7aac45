package dev.tritontube.web.catalog;

/// Somebody would have more than he may. Ends the transaction in which he would.
public final class OverQuotaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Bound bound;
  private final long limit;
  private final long left;

  /// What there would be too much of.
  public enum Bound {
    BYTES,
    VIDEOS,
    UPLOADS
  }

  OverQuotaException(Bound bound, long limit, long left) {
    super("over the quota of %s: %d of %d are left".formatted(bound, left, limit));
    this.bound = bound;
    this.limit = limit;
    this.left = left;
  }

  public Bound bound() {
    return bound;
  }

  public long limit() {
    return limit;
  }

  /// How much he may have beside what he has; not negative.
  public long left() {
    return left;
  }
}

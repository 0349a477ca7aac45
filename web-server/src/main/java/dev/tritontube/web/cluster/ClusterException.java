package dev.tritontube.web.cluster;

/// A wish of the administrator was not fulfilled.
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1;

  /// Whose turn it is.
  public enum Kind {
    /// The wish makes no sense: another spelling may.
    USAGE,
    /// Nobody answers: the same wish may succeed later.
    UNREACHABLE,
    /// The cluster is in no state for it, or it would do harm.
    REFUSED
  }

  private final Kind kind;
  private final String code;
  private final String message;

  /// @param code stable, in lower case, for programs
  ClusterException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.message = message;
  }

  static ClusterException refused(String code, String message) {
    return new ClusterException(Kind.REFUSED, code, message);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return message;
  }

  public String code() {
    return code;
  }
}

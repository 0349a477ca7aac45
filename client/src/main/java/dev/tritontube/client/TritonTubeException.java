package dev.tritontube.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a call did not do what it was asked for.
public abstract sealed class TritonTubeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TritonTubeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The server answered, with an error (RFC 9457).
  public static final class Refused extends TritonTubeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String detail;
    private final String requestId;
    private final @Nullable Duration retryAfter;

    Refused(
        int status, String code, String detail, String requestId, @Nullable Duration retryAfter) {
      super(status + " " + code + ": " + detail, null);
      this.status = status;
      this.code = code;
      this.detail = detail;
      this.requestId = requestId;
      this.retryAfter = retryAfter;
    }

    /// Of HTTP.
    public int status() {
      return status;
    }

    /// Stable, for programs, such as `not_found`; `unexpected` when the answer was none of a
    /// TritonTube server, or had no room for a code (to HEAD).
    public String code() {
      return code;
    }

    /// For people.
    public String detail() {
      return detail;
    }

    /// By which the server's log knows the request; empty when it did not say.
    public String requestId() {
      return requestId;
    }

    /// When to ask again, if the server said so.
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }

    /// True when the same request may succeed later.
    public boolean isTemporary() {
      return switch (status) {
        case 408, 429, 502, 503, 504 -> true;
        default -> false;
      };
    }

    /// True when the server said that it has done nothing.
    boolean leftUndone() {
      return status == 429 || status == 503;
    }
  }

  /// No server answered, or the connection broke, also when that was tried again.
  public static final class Unreachable extends TritonTubeException {
    private static final long serialVersionUID = 1;

    private final boolean sent;

    Unreachable(String message, @Nullable Throwable cause, boolean sent) {
      super(message, cause);
      this.sent = sent;
    }

    /// False when the request certainly did not reach the server.
    boolean mayBeDone() {
      return sent;
    }
  }

  /// The thread was interrupted; it still is.
  public static final class Interrupted extends TritonTubeException {
    private static final long serialVersionUID = 1;

    Interrupted(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// What was downloaded is not what the server says it has. It was deleted.
  public static final class Corrupt extends TritonTubeException {
    private static final long serialVersionUID = 1;

    Corrupt(String message) {
      super(message, null);
    }
  }

  /// What was waited for did not come in time.
  public static final class Overdue extends TritonTubeException {
    private static final long serialVersionUID = 1;

    private final transient Video video;

    Overdue(String message, Video video) {
      super(message, null);
      this.video = video;
    }

    /// As it was last.
    public Video video() {
      return video;
    }
  }
}

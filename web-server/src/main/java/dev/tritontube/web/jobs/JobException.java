package dev.tritontube.web.jobs;

/// A wish about a job that is not granted. The codes are part of the contract.
public final class JobException extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String code;

  /// Why it is not.
  public enum Kind {
    /// What it is about is not there.
    UNKNOWN,
    REFUSED,
    /// It makes no sense.
    WRONG
  }

  private JobException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  static JobException unknown(String id) {
    return new JobException(Kind.UNKNOWN, "unknown_job", "there is no job " + id);
  }

  static JobException unknownVideo(String id) {
    return new JobException(Kind.UNKNOWN, "unknown_video", "there is no video " + id);
  }

  /// @param code `job_active`, `job_ended`, `job_done` or `not_playable`
  static JobException refused(String code, String message) {
    return new JobException(Kind.REFUSED, code, message);
  }

  static JobException wrong(String message) {
    return new JobException(Kind.WRONG, "bad_field", message);
  }

  public Kind kind() {
    return kind;
  }

  /// Stable, for programs.
  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package dev.tritontube.web.jobs;

/// A wish about a job that is not granted. The codes are part of the contract.
public final class JobException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean unknown;
  private final String code;

  private JobException(boolean unknown, String code, String message) {
    super(message);
    this.unknown = unknown;
    this.code = code;
  }

  /// There is none of this id.
  public static JobException unknown(String id) {
    return new JobException(true, "unknown_job", "there is no job " + id);
  }

  /// @param code `job_active`, `job_ended`, `job_done` or `already_plays`
  static JobException refused(String code, String message) {
    return new JobException(false, code, message);
  }

  /// Whether what it is about is not there; otherwise it is refused.
  public boolean isUnknown() {
    return unknown;
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

package dev.tritontube.web.backups;

/// A catalog cannot be restored as somebody wished.
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  /// @param code stable, in lower case, for programs
  BackupException(String code, String message) {
    super(message);
    this.code = code;
  }

  /// `no_backup`, `unknown_backup`, `bad_backup`, `other_version`, `catalog_not_empty`,
  /// `too_few_nodes`, `restoring` or `catalog_empty`.
  public String code() {
    return code;
  }
}

package dev.tritontube.web.passwords;

/// Too many passwords wait to be hashed.
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1;

  BusyException() {
    super("too many passwords wait to be hashed", null, false, false);
  }
}

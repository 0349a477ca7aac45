package dev.tritontube.web;

/// Why a web server does not start, in one line for whoever starts it.
final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}

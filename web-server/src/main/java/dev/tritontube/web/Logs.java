package dev.tritontube.web;

import java.io.Console;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Text on a terminal, one JSON document a line otherwise.
final class Logs {
  /// Held, since loggers of java.util.logging that nobody holds forget their level.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Logs() {}

  /// To be called before the first logger is made.
  static void choose() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", terminal ? "logs-text.xml" : "logs-json.xml");
    }
    GRPC.setLevel(Level.SEVERE);
  }
}

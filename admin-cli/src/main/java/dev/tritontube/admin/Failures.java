package dev.tritontube.admin;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// What went wrong, as one line and an exit code.
final class Failures {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int REFUSED = 4;

  private Failures() {}

  static int report(Exception failure, CommandLine line, ParseResult arguments) throws Exception {
    PrintWriter err = line.getErr();
    return switch (failure) {
      case UsageException usage -> say(err, usage.getMessage(), USAGE);
      case StatusRuntimeException call -> report(call.getStatus(), err);
      default -> throw failure;
    };
  }

  private static int report(Status status, PrintWriter err) {
    String detail =
        status.getDescription() == null ? status.getCode().name() : status.getDescription();
    return switch (status.getCode()) {
      case FAILED_PRECONDITION -> say(err, "refused: " + detail, REFUSED);
      case UNAVAILABLE, DEADLINE_EXCEEDED -> say(err, "unreachable: " + detail, UNREACHABLE);
      case INVALID_ARGUMENT -> say(err, detail, USAGE);
      case UNAUTHENTICATED -> say(err, "the server does not accept this key: " + detail, FAILED);
      default -> say(err, "failed: " + detail, FAILED);
    };
  }

  /// What the server said, or what kept it from being asked.
  private static String detail(Status status) {
    Throwable reason = status.getCause();
    while (reason != null && reason.getCause() != null) {
      reason = reason.getCause();
    }
    String description =
        status.getDescription() == null ? status.getCode().name() : status.getDescription();
    return reason == null || reason.getMessage() == null
        ? description
        : description + " (" + reason.getMessage() + ")";
  }

  private static int say(PrintWriter err, @Nullable String text, int code) {
    err.println(text);
    err.flush();
    return code;
  }
}

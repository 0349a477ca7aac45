package dev.tritontube.admin;

import dev.tritontube.client.TritonTubeException;
import dev.tritontube.client.TritonTubeException.Corrupt;
import dev.tritontube.client.TritonTubeException.Interrupted;
import dev.tritontube.client.TritonTubeException.Overdue;
import dev.tritontube.client.TritonTubeException.Refused;
import dev.tritontube.client.TritonTubeException.Unreachable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// What went wrong over REST, as one line and the exit codes that gRPC's failures have.
final class WebFailures {
  private WebFailures() {}

  static int report(TritonTubeException failure, PrintWriter err) {
    return switch (failure) {
      case Refused refused -> report(refused, err);
      case Unreachable silence ->
          Failures.say(err, "unreachable: " + silence.getMessage(), Failures.UNREACHABLE);
      case Interrupted _ -> Failures.say(err, "interrupted", Failures.FAILED);
      case Corrupt _, Overdue _ ->
          Failures.say(err, "failed: " + failure.getMessage(), Failures.FAILED);
    };
  }

  private static int report(Refused refused, PrintWriter err) {
    String reason = reason(refused);
    if (refused.code().equals("unexpected")) {
      return Failures.say(
          err, "no web server of TritonTube answers: " + reason, Failures.UNREACHABLE);
    }
    return switch (refused.status()) {
      case 400 -> Failures.say(err, reason, Failures.USAGE);
      case 401 ->
          Failures.say(err, "the server does not accept this key: " + reason, Failures.FAILED);
      case 429, 502, 503, 504 -> Failures.say(err, "unreachable: " + reason, Failures.UNREACHABLE);
      case 500 -> Failures.say(err, "failed: " + reason, Failures.FAILED);
      default -> Failures.say(err, "refused: " + reason, Failures.REFUSED);
    };
  }

  private static String reason(Refused refused) {
    String request =
        refused.status() >= 500 && !refused.requestId().isEmpty()
            ? ", request " + refused.requestId()
            : "";
    return "%s (%d %s%s)".formatted(refused.detail(), refused.status(), refused.code(), request);
  }

  /// Why something is tried again.
  static String again(TritonTubeException failure, Duration pause) {
    return String.format(
        Locale.ROOT,
        "%s; trying again in %.1f s",
        failure instanceof Refused refused ? reason(refused) : failure.getMessage(),
        pause.toMillis() / 1000.0);
  }
}

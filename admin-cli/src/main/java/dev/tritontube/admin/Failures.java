package dev.tritontube.admin;

import dev.tritontube.client.TritonTubeException;
import dev.tritontube.proto.reach.Reason;
import dev.tritontube.proto.wire.Trailers;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// What went wrong, as one line and an exit code.
final class Failures {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int REFUSED = 4;

  private Failures() {}

  static int report(Exception failure, CommandLine line) throws Exception {
    PrintWriter err = line.getErr();
    return switch (failure) {
      case UsageException usage -> say(err, usage.getMessage(), USAGE);
      case StatusRuntimeException call when answered(call) -> report(call.getStatus(), err);
      case StatusRuntimeException call ->
          reportSilence(AdminCli.of(line).server(), call.getStatus(), err);
      case TritonTubeException web -> WebFailures.report(web, err);
      case FileAlreadyExistsException file ->
          say(err, "refused: " + file.getMessage() + " is there; --force replaces it", REFUSED);
      case NoSuchFileException file -> say(err, "there is no file " + file.getMessage(), USAGE);
      case IOException io -> say(err, "failed: " + io.getMessage(), FAILED);
      default -> throw failure;
    };
  }

  /// What a server refused, or could not do.
  private static int report(Status status, PrintWriter err) {
    String reason = Reason.of(status);
    return switch (status.getCode()) {
      case FAILED_PRECONDITION -> say(err, "refused: " + reason, REFUSED);
      case UNAVAILABLE, DEADLINE_EXCEEDED -> say(err, "unreachable: " + reason, UNREACHABLE);
      case INVALID_ARGUMENT -> say(err, reason, USAGE);
      case UNAUTHENTICATED -> say(err, "the server does not accept this key: " + reason, FAILED);
      default -> say(err, "failed: " + reason, FAILED);
    };
  }

  /// What kept a server from answering.
  private static int reportSilence(String server, Status status, PrintWriter err) {
    String reason = Reason.of(status);
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          say(err, "unreachable: " + server + ": " + reason, UNREACHABLE);
      default -> say(err, server + " is no admin port of a web server: " + reason, UNREACHABLE);
    };
  }

  /// True when a web server said what it said.
  private static boolean answered(StatusRuntimeException call) {
    Metadata trailers = call.getTrailers();
    return switch (call.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          trailers != null && trailers.containsKey(Trailers.CODE);
      case UNIMPLEMENTED -> false;
      default -> call.getStatus().getCause() == null;
    };
  }

  static int say(PrintWriter err, @Nullable String text, int code) {
    err.println(text);
    err.flush();
    return code;
  }
}

package dev.tritontube.proto.reach;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/// Why a call failed, in words.
public final class Reason {
  /// What gRPC says of every connection that could not be made or broke.
  private static final String NOTHING_SAID = "io exception";

  /// What Netty puts before the system's own words.
  private static final String SYSTEM_CALL = "^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ";

  private Reason() {}

  /// What the other side said, or what kept it from being asked.
  public static String of(Status status) {
    String said = status.getDescription();
    String cause = deepest(status.getCause());
    if (said == null || said.equals(NOTHING_SAID)) {
      return cause == null ? status.getCode().name() : cause;
    }
    return cause == null || said.contains(cause) ? said : said + " (" + cause + ")";
  }

  private static @Nullable String deepest(@Nullable Throwable failure) {
    Throwable deepest = failure;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest == null ? null : deepest.getMessage();
    return message == null ? null : message.replaceFirst(SYSTEM_CALL, "");
  }
}

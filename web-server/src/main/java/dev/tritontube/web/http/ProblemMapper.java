package dev.tritontube.web.http;

import dev.tritontube.web.blobs.BlobException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever ended a request early into a problem. What is nobody's fault but ours is logged
/// here, once.
public final class ProblemMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(2);

  private ProblemMapper() {}

  static Problem problem(Throwable failure, Context ctx) {
    return failure instanceof HttpResponseException javalin
        ? javalin(javalin, ctx)
        : known(failure).orElseGet(() -> internal(failure, ctx));
  }

  /// Empty for a fault of ours.
  public static Optional<Problem> known(Throwable failure) {
    return switch (failure) {
      case ProblemException known -> Optional.of(known.problem());
      case BlobException storage -> storage(storage);
      case BadMessageException malformed ->
          Optional.of(
              new Problem.Refused(
                  malformed.getCode(), "bad_request", String.valueOf(malformed.getReason())));
      case UncheckedIOException wrapped when wrapped.getCause() instanceof BlobException storage ->
          storage(storage);
      case QuietException _ ->
          Optional.of(new Problem.Refused(400, "incomplete", "The request broke off"));
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> storage(BlobException failure) {
    return switch (failure.reason()) {
      case UNAVAILABLE ->
          Optional.of(
              new Problem.Unavailable(
                  "storage_unavailable", "Too few storage nodes answer", STORAGE_RETRY));
      case STORAGE_FULL -> Optional.of(new Problem.StorageFull("The storage nodes are full"));
      case NOT_FOUND, KEY_DELETED, DIFFERENT_BYTES, CORRUPT -> Optional.empty();
    };
  }

  private static Problem javalin(HttpResponseException failure, Context ctx) {
    return switch (failure.getStatus()) {
      case 404 -> new Problem.NotFound("There is nothing at " + Printable.of(ctx.path()));
      case 405 ->
          new Problem.MethodNotAllowed(
              failure.getDetails().getOrDefault("availableMethods", "others"));
      default ->
          new Problem.Refused(failure.getStatus(), "refused", String.valueOf(failure.getMessage()));
    };
  }

  private static Problem internal(Throwable failure, Context ctx) {
    String id = RequestId.of(ctx);
    LOG.atError()
        .setCause(failure)
        .addKeyValue("request", id)
        .log("{} {} failed", ctx.method().name().toLowerCase(Locale.ROOT), LoggedPath.of(ctx));
    return new Problem.Internal("The server failed; its log says more at request " + id);
  }
}

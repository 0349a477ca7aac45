package dev.tritontube.web.admin;

import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.web.backups.BackupException;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.jobs.JobException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where failures of administrator's calls become gRPC statuses, with their code in
/// the trailers.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /// A call that answers by itself.
  interface Call {
    void run()
        throws ClusterException, JobException, BackupException, IOException, InterruptedException;
  }

  /// Runs a call; what it throws is the answer.
  @SuppressWarnings("CatchingUnchecked") // the edge: whatever went wrong is the caller's answer
  static void answer(StreamObserver<?> answers, Call call) {
    try {
      call.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      answers.onError(failure(Status.UNAVAILABLE, "stopping", "the server is stopping"));
    } catch (ClusterException e) {
      answers.onError(failure(status(e.kind()), e.code(), e.getMessage()));
    } catch (JobException e) {
      answers.onError(failure(status(e.kind()), e.code(), e.getMessage()));
    } catch (BackupException e) {
      answers.onError(failure(Status.FAILED_PRECONDITION, e.code(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      answers.onError(failure(Status.INVALID_ARGUMENT, "bad_request", e.getMessage()));
    } catch (Exception e) {
      LOG.error("an administrator's call failed", e);
      answers.onError(failure(Status.INTERNAL, "internal", e.getMessage()));
    }
  }

  private static Status status(JobException.Kind kind) {
    return switch (kind) {
      case UNKNOWN, REFUSED -> Status.FAILED_PRECONDITION;
      case WRONG -> Status.INVALID_ARGUMENT;
    };
  }

  private static Status status(ClusterException.Kind kind) {
    return switch (kind) {
      case USAGE -> Status.INVALID_ARGUMENT;
      case UNREACHABLE -> Status.UNAVAILABLE;
      case REFUSED -> Status.FAILED_PRECONDITION;
    };
  }

  private static StatusRuntimeException failure(
      Status status, String code, @Nullable String message) {
    Metadata trailers = new Metadata();
    trailers.put(Trailers.CODE, code);
    return status.withDescription(message).asRuntimeException(trailers);
  }
}

package dev.tritontube.proto.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// The trailers with which a storage node says why it failed a call.
public final class Trailers {
  public static final Metadata.Key<String> CODE =
      Metadata.Key.of("tritontube-code", Metadata.ASCII_STRING_MARSHALLER);
  public static final Metadata.Key<String> EPOCH =
      Metadata.Key.of("tritontube-epoch", Metadata.ASCII_STRING_MARSHALLER);

  private Trailers() {}

  /// A failure with its code in the trailers and the status that belongs to it.
  ///
  /// @param message what was attempted, on which id, observed against expected
  public static StatusRuntimeException failure(FailureCode code, String message) {
    return failure(code, message, trailers(code));
  }

  /// STALE_RING with the epoch that the node knows.
  public static StatusRuntimeException staleRing(long nodeEpoch, String message) {
    Metadata trailers = trailers(FailureCode.STALE_RING);
    trailers.put(EPOCH, Long.toUnsignedString(nodeEpoch));
    return failure(FailureCode.STALE_RING, message, trailers);
  }

  /// The code that a failed call carried; empty when it carried none or one that this program does
  /// not know.
  public static Optional<FailureCode> code(Throwable failure) {
    return trailer(failure, CODE).flatMap(Trailers::parse);
  }

  /// The code that a failed call carried.
  public static Optional<FailureCode> code(Metadata trailers) {
    return Optional.ofNullable(trailers.get(CODE)).flatMap(Trailers::parse);
  }

  /// The epoch that a STALE_RING failure carried.
  public static OptionalLong epoch(Throwable failure) {
    Optional<String> text = trailer(failure, EPOCH);
    try {
      return text.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseUnsignedLong(text.get()));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> trailer(Throwable failure, Metadata.Key<String> key) {
    return Optional.ofNullable(Status.trailersFromThrowable(failure))
        .flatMap(trailers -> Optional.ofNullable(trailers.get(key)));
  }

  private static Optional<FailureCode> parse(String name) {
    return Arrays.stream(FailureCode.values()).filter(code -> code.name().equals(name)).findFirst();
  }

  private static Metadata trailers(FailureCode code) {
    Metadata trailers = new Metadata();
    trailers.put(CODE, code.name());
    return trailers;
  }

  private static StatusRuntimeException failure(
      FailureCode code, String message, Metadata trailers) {
    return Status.fromCode(code.status()).withDescription(message).asRuntimeException(trailers);
  }
}

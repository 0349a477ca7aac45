package dev.tritontube.web.resumable;

import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;

/// Why an upload does not go on.
final class Ended {
  private Ended() {}

  static ProblemException givenUp() {
    return new ProblemException(
        new Problem.Gone("The upload has expired, or was given up: its bytes are deleted"));
  }

  static ProblemException takenOver() {
    return new ProblemException(
        new Problem.Conflict("taken_over", "Another request goes on with this upload"));
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.web.sandbox.Protection;

/// What stands between the rest of a machine and the programs that touch media there.
///
/// @param protection what the sandbox keeps them from
/// @param landlock version (ABI) of the kernel's Landlock; 0: it has none, or nobody looked
/// @param limits whether CPU time, address space, open and written files are bounded by `prlimit`
/// @param reason why there is no sandbox, for people; empty when there is one
public record SandboxState(Protection protection, int landlock, boolean limits, String reason) {
  private static final int MAX_REASON = 500;

  public SandboxState {
    reason = reason.substring(0, Math.min(reason.length(), MAX_REASON));
  }

  /// How much of a sandbox there is.
  public enum Degree {
    WHOLE,
    PARTIAL,
    NONE
  }

  public Degree degree() {
    if (protection.equals(Protection.NONE)) {
      return Degree.NONE;
    }
    return protection.complete() ? Degree.WHOLE : Degree.PARTIAL;
  }
}

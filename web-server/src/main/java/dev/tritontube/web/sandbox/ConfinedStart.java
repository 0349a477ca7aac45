package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Closes the sandbox around a thread, starts a program on it, which inherits it, and ends the
/// thread.
///
/// None of this can be undone, and threads that the thread started would inherit it: also those
/// that the JVM starts on its behalf, to carry virtual threads or to wait for programs. So it runs
/// no more than calls of the C library, whose handles have been used before, so that no class is
/// left to be loaded; it completes no future and wakes nobody by itself. Who waits for it joins it,
/// which the JVM does by a thread of its own.
final class ConfinedStart implements Runnable {
  private static final long THIS_THREAD = 0;
  private static final long NICEST_FIRST = 20;
  private static final long FIRST_OWN = 3;
  private static final long ALL = 0xFFFF_FFFFL;
  private static final long UNSHARE_AND_CLOSE_ON_EXEC = 2 | 4;

  private static final long DROP_FROM_BOUNDS = 24;
  private static final long AMBIENT = 47;
  private static final long CLEAR_ALL = 4;
  private static final long NO_NEW_PRIVILEGES = 38;
  private static final int MOST_CAPABILITIES = 64;
  private static final int CAPABILITIES_VERSION = 0x2008_0522;
  private static final long CAPABILITIES_BYTES = 24;
  private static final long SET_FILTER = 1;

  private final LibC libc;
  private final Limits limits;
  private final PosixSpawn program;
  private final long noCapabilities;
  private final long capabilitiesHeader;

  /// Read when the thread has ended.
  private String step = "its beginning";

  private long failure = -1;

  /// @param ruleset of Landlock; empty where it is not there
  /// @param filter of calls, as the kernel wants it; empty where there are no filters
  record Limits(int niceness, Optional<Landlock.Ruleset> ruleset, Optional<MemorySegment> filter) {}

  /// @param memory that outlives it
  ConfinedStart(LibC libc, Limits limits, PosixSpawn program, Arena memory) {
    this.libc = libc;
    this.limits = limits;
    this.program = program;
    this.noCapabilities = memory.allocate(CAPABILITIES_BYTES, Integer.BYTES).address();
    MemorySegment header = memory.allocate(Long.BYTES, Integer.BYTES);
    header.set(JAVA_INT, 0, CAPABILITIES_VERSION);
    this.capabilitiesHeader = header.address();
  }

  @Override
  public void run() {
    boolean done =
        giveWay()
            && closeDescriptors()
            && dropCapabilities()
            && does("no new privileges", libc.call(SystemCall.PRCTL, NO_NEW_PRIVILEGES, 1))
            && restrict()
            && filter();
    if (done) {
      does("the start of the program", -program.run());
    }
  }

  /// More than this process does. The system counts from 40 (never) down to 1.
  private boolean giveWay() {
    long niceness = NICEST_FIRST - libc.call(SystemCall.GETPRIORITY, 0, THIS_THREAD);
    return limits.niceness() == 0
        || does(
            "giving way",
            libc.call(SystemCall.SETPRIORITY, 0, THIS_THREAD, niceness + limits.niceness()));
  }

  private boolean closeDescriptors() {
    return does(
        "closing what is open",
        libc.call(SystemCall.CLOSE_RANGE, FIRST_OWN, ALL, UNSHARE_AND_CLOSE_ON_EXEC));
  }

  private boolean dropCapabilities() {
    long dropped = 0;
    for (int capability = 0; capability < MOST_CAPABILITIES && dropped == 0; capability++) {
      // Ends behind the last one that there is, or at once where there are none to be dropped.
      dropped = libc.call(SystemCall.PRCTL, DROP_FROM_BOUNDS, capability);
    }
    libc.call(SystemCall.PRCTL, AMBIENT, CLEAR_ALL);
    return does(
        "giving capabilities up", libc.call(SystemCall.CAPSET, capabilitiesHeader, noCapabilities));
  }

  private boolean restrict() {
    return limits.ruleset().isEmpty()
        || does(
            "Landlock",
            libc.call(SystemCall.LANDLOCK_RESTRICT_SELF, limits.ruleset().get().descriptor(), 0));
  }

  private boolean filter() {
    return limits.filter().isEmpty()
        || does(
            "the filter of calls",
            libc.call(SystemCall.SECCOMP, SET_FILTER, 0, limits.filter().get().address()));
  }

  private boolean does(String what, long answer) {
    step = what;
    failure = Math.min(0, answer);
    return answer >= 0;
  }

  /// @throws IOException when a part of the sandbox could not be closed, or the program not be
  ///   started: then it does not run
  void check() throws IOException {
    if (failure < 0) {
      throw new IOException(step + " failed with error " + -failure);
    }
  }
}

package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Landlock (linux/landlock.h): what is not allowed of files, of TCP and of signals is refused to a
/// thread and all that it starts. Thread-safe.
///
/// @param version what the kernel has: 1 files (Linux 5.13), 4 TCP (6.7), 6 signals and abstract
///   sockets (6.12)
record Landlock(LibC libc, int version) {
  static final int TCP = 4;
  static final int SCOPES = 6;

  /// Rights on a file.
  static final long EXECUTE = 1;

  static final long WRITE = 1 << 1;
  static final long READ = 1 << 2;

  /// A right on a folder alone.
  static final long LIST = 1 << 3;

  private static final long ASK_VERSION = 1;
  private static final long PATH_BENEATH = 1;
  private static final long NET_PORT = 2;
  private static final long BIND_AND_CONNECT = 3;
  private static final long CONNECT = 2;
  private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;

  private static final long HERE = -100;
  private static final long PATH_AND_CLOSE_ON_EXEC = 0x20_0000 | 0x8_0000;

  /// Version 0 where the kernel has none, or it is switched off.
  static Landlock find(LibC libc) {
    long version = libc.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, ASK_VERSION);
    return new Landlock(libc, (int) Math.max(0, version));
  }

  /// What a program may: nothing at first. A descriptor, to be closed.
  final class Ruleset implements AutoCloseable {
    private final int descriptor;

    private Ruleset(int descriptor) {
      this.descriptor = descriptor;
    }

    int descriptor() {
      return descriptor;
    }

    /// @param path of an existing folder or file
    /// @param rights on it, and on all below it
    void allow(Path path, long rights) throws IOException {
      long possible = Files.isDirectory(path) ? rights : rights & ~LIST;
      try (Arena arena = Arena.ofConfined()) {
        long name = arena.allocateFrom(path.toString()).address();
        int opened = (int) checked(SystemCall.OPENAT, HERE, name, PATH_AND_CLOSE_ON_EXEC);
        MemorySegment rule = arena.allocate(Long.BYTES + Integer.BYTES);
        rule.set(JAVA_LONG_UNALIGNED, 0, possible);
        rule.set(JAVA_INT_UNALIGNED, Long.BYTES, opened);
        try {
          checked(SystemCall.LANDLOCK_ADD_RULE, descriptor, PATH_BENEATH, rule.address());
        } finally {
          libc.call(SystemCall.CLOSE, opened);
        }
      }
    }

    private void allowPort(int port) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment rule = arena.allocate(JAVA_LONG, 2);
        rule.setAtIndex(JAVA_LONG, 0, CONNECT);
        rule.setAtIndex(JAVA_LONG, 1, port);
        checked(SystemCall.LANDLOCK_ADD_RULE, descriptor, NET_PORT, rule.address());
      }
    }

    @Override
    public void close() {
      libc.call(SystemCall.CLOSE, descriptor);
    }
  }

  /// @param port to which TCP connections are allowed, of any address
  Ruleset ruleset(OptionalInt port) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocate(JAVA_LONG, 3);
      handled.setAtIndex(JAVA_LONG, 0, files());
      handled.setAtIndex(JAVA_LONG, 1, BIND_AND_CONNECT);
      handled.setAtIndex(JAVA_LONG, 2, ABSTRACT_SOCKETS_AND_SIGNALS);
      long made =
          checked(SystemCall.LANDLOCK_CREATE_RULESET, handled.address(), parts() * Long.BYTES);
      Ruleset ruleset = new Ruleset((int) made);
      if (version >= TCP && port.isPresent()) {
        ruleset.allowPort(port.getAsInt());
      }
      return ruleset;
    }
  }

  private long parts() {
    if (version < TCP) {
      return 1;
    }
    return version < SCOPES ? 2 : 3;
  }

  /// All rights on files that this version knows, so that all are refused.
  private long files() {
    int known =
        switch (version) {
          case 1 -> 13;
          case 2 -> 14;
          case 3, 4 -> 15;
          default -> 16;
        };
    return (1L << known) - 1;
  }

  private long checked(SystemCall which, long... arguments) throws IOException {
    long answer = libc.call(which, arguments);
    if (answer < 0) {
      throw new IOException("Landlock: " + which + " failed with error " + -answer);
    }
    return answer;
  }
}

package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// One start of a program by `posix_spawn` (POSIX.1-2017, and `POSIX_SPAWN_SETSID`, which glibc and
/// musl have alike): everything is laid out by one thread, and done by another.
///
/// `ProcessBuilder` would start a thread of its own to wait for the program, which would be as
/// confined as the one that starts it, live on in the JDK's pool, and start others.
final class PosixSpawn implements AutoCloseable {
  private static final MethodHandle SPAWN =
      LibC.link(
          "posix_spawn",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle ACTIONS_INIT = onSegment("posix_spawn_file_actions_init");
  private static final MethodHandle ACTIONS_DESTROY = onSegment("posix_spawn_file_actions_destroy");
  private static final MethodHandle ACTIONS_DUP2 =
      LibC.link(
          "posix_spawn_file_actions_adddup2",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle ATTRIBUTES_INIT = onSegment("posix_spawnattr_init");
  private static final MethodHandle ATTRIBUTES_FLAGS =
      LibC.link("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
  private static final MethodHandle ATTRIBUTES_MASK =
      LibC.link("posix_spawnattr_setsigmask", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle ATTRIBUTES_DEFAULTS =
      LibC.link("posix_spawnattr_setsigdefault", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  /// `posix_spawnattr_t` is the largest, with 336 bytes.
  private static final long STRUCTURE_BYTES = 512;

  private static final long SIGNAL_SET_BYTES = 128;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_GROUP = 0x02;
  private static final short SET_DEFAULT_SIGNALS = 0x04;
  private static final long HANGUP = 1;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment child = arena.allocate(JAVA_INT);
  private final MemorySegment actions = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
  private final MemorySegment attributes = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
  private final long childAddress = child.address();
  private final long path;
  private final long arguments;
  private final long environment;

  /// In a group of its own, with no signal held back. In a session of its own it would stand still
  /// for ever when this process is killed while it does: so the system, which sees that its group
  /// is an orphan, hangs up on it (POSIX, `_exit`).
  ///
  /// @param command the program's path, then its arguments
  /// @param environment as `NAME=value`
  /// @param descriptors those that become its standard input, output and error
  PosixSpawn(List<String> command, List<String> environment, int... descriptors) {
    this.path = arena.allocateFrom(command.getFirst()).address();
    this.arguments = list(command);
    this.environment = list(environment);
    try {
      int ignored = (int) ACTIONS_INIT.invokeExact(actions);
      for (int i = 0; i < descriptors.length; i++) {
        ignored = (int) ACTIONS_DUP2.invokeExact(actions, descriptors[i], i);
      }
      ignored = (int) ATTRIBUTES_INIT.invokeExact(attributes);
      MemorySegment noSignal = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
      ignored = (int) ATTRIBUTES_MASK.invokeExact(attributes, noSignal);
      MemorySegment hangup = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
      hangup.set(JAVA_LONG, 0, 1L << (HANGUP - 1));
      ignored = (int) ATTRIBUTES_DEFAULTS.invokeExact(attributes, hangup);
      short flags = SET_GROUP | SET_DEFAULT_SIGNALS | SET_SIGNAL_MASK;
      ignored = (int) ATTRIBUTES_FLAGS.invokeExact(attributes, flags);
    } catch (Throwable e) {
      throw new IllegalStateException("a start cannot be laid out", e);
    }
  }

  private static MethodHandle onSegment(String name) {
    return LibC.link(name, FunctionDescriptor.of(JAVA_INT, ADDRESS));
  }

  private long list(List<String> texts) {
    MemorySegment list = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      list.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return list.address();
  }

  /// To be called by any thread, once.
  ///
  /// @return 0, or the number of the error
  int run() {
    try {
      return (int)
          SPAWN.invokeExact(
              childAddress, path, actions.address(), attributes.address(), arguments, environment);
    } catch (Throwable e) {
      throw new IllegalStateException("posix_spawn cannot be called", e);
    }
  }

  /// The id of the program, after it has been started.
  int child() {
    return child.get(JAVA_INT, 0);
  }

  @Override
  public void close() {
    try {
      int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
    } catch (Throwable e) {
      throw new IllegalStateException("file actions cannot be let go", e);
    } finally {
      arena.close();
    }
  }
}

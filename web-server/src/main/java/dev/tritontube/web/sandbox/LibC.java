package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/// Any call of the kernel by its number, through the C library's `syscall`. Thread-safe.
final class LibC {
  static final int EINTR = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));
  private static final int MOST_ARGUMENTS = 6;

  private final Cpu cpu;
  private final MethodHandle syscall;

  private LibC(Cpu cpu) {
    this.cpu = cpu;
    this.syscall =
        link(
            "syscall",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
  }

  /// Empty where the numbers of the system's calls are not known.
  static Optional<LibC> find() {
    return Cpu.here().map(LibC::new);
  }

  static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
  }

  Cpu cpu() {
    return cpu;
  }

  /// @param arguments six at most, addresses too; a missing one is 0
  /// @return the kernel's answer; a failure is the error's number, below 0
  long call(SystemCall which, long... arguments) {
    long number = which.number(cpu).orElseThrow();
    long[] all = Arrays.copyOf(arguments, MOST_ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long answer =
          (long) syscall.invokeExact(state, number, all[0], all[1], all[2], all[3], all[4], all[5]);
      return answer == -1 ? -state.get(JAVA_INT, ERRNO) : answer;
    } catch (Throwable e) {
      throw new IllegalStateException("the system call " + which + " cannot be made", e);
    }
  }
}

package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which calls of the kernel a program may make: a filter of seccomp(2), a program of classic BPF
/// (linux/filter.h) that the kernel runs on each call's number and arguments.
///
/// All is allowed that is not refused here: what ffmpeg and the C library call differs from build
/// to build. Refused are ways to what Landlock does not look at (sockets but TCP, attributes of
/// files, other processes, memory that is a program), what no decoder needs and holes have been in,
/// and all calls that came to Linux later than this list.
///
/// ```
/// struct sock_filter { u16 code; u8 jump_if_true; u8 jump_if_false; u32 operand; }
/// struct seccomp_data { s32 number; u32 processor; u64 instruction; u64 arguments[6]; }
/// ```
final class CallFilter {
  private static final short LOAD = 0x20;
  private static final short AND = 0x54;
  private static final short JUMP_EQUAL = 0x15;
  private static final short JUMP_GREATER = 0x25;
  private static final short RETURN = 0x06;

  private static final int NUMBER = 0;
  private static final int PROCESSOR = 4;
  private static final int ARGUMENTS = 16;

  private static final int ALLOW = 0x7FFF_0000;
  private static final int KILL = 0x8000_0000;
  private static final int FAIL = 0x0005_0000;
  private static final int NOT_PERMITTED = FAIL | 1;
  private static final int NOT_THERE = FAIL | 38;

  /// futex_requeue, of Linux 6.7. Also stops the calls of x86's 32-bit mode, which are above 2^30.
  private static final int LATEST = 456;

  private static final int INET = 2;
  private static final int STREAM = 1;
  private static final int TYPES = 0xF;
  private static final int TCP = 6;

  /// CLONE_THREAD, and with it the flags that make name spaces.
  private static final int THREAD = 0x1_0000;

  private static final int NAME_SPACES = 0x7E02_0000;

  /// CLONE_VFORK, CLONE_VM and SIGCHLD: what posix_spawn does.
  private static final int SPAWN = 0x4111;

  /// What is never called by the programs, but by this one.
  private static final Set<SystemCall> OURS =
      EnumSet.of(
          SystemCall.CLOSE,
          SystemCall.OPENAT,
          SystemCall.PIPE2,
          SystemCall.WAITID,
          SystemCall.GETPRIORITY,
          SystemCall.CAPSET,
          SystemCall.PRCTL,
          SystemCall.SECCOMP,
          SystemCall.CLOSE_RANGE,
          SystemCall.LANDLOCK_CREATE_RULESET,
          SystemCall.LANDLOCK_ADD_RULE,
          SystemCall.LANDLOCK_RESTRICT_SELF);

  private record Instruction(short code, int whenTrue, int whenFalse, int operand) {}

  /// That the lower half of an argument, with a mask, has a value.
  private record Check(int argument, int mask, int value) {}

  private final Cpu cpu;
  private final List<Instruction> program = new ArrayList<>();

  private CallFilter(Cpu cpu) {
    this.cpu = cpu;
  }

  /// @param network whether TCP over IPv4 is allowed
  static CallFilter of(Cpu cpu, boolean network) {
    CallFilter filter = new CallFilter(cpu);
    filter.onlyThisProcessor();
    if (network) {
      filter.allowTcp();
    }
    filter.allow(SystemCall.CLONE, new Check(0, THREAD | NAME_SPACES, THREAD));
    filter.allow(SystemCall.CLONE, new Check(0, -1, SPAWN));
    filter.allow(SystemCall.PRLIMIT64, new Check(0, -1, 0));
    filter.load(NUMBER);
    filter.add(JUMP_GREATER, 0, 1, LATEST);
    filter.add(RETURN, 0, 0, NOT_THERE);
    for (SystemCall refused : EnumSet.complementOf(EnumSet.copyOf(OURS))) {
      // The C library then makes threads by clone, whose flags can be seen.
      filter.refuse(refused, refused == SystemCall.CLONE3 ? NOT_THERE : NOT_PERMITTED);
    }
    filter.add(RETURN, 0, 0, ALLOW);
    return filter;
  }

  /// Calls by the numbers of another processor would pass for other calls.
  private void onlyThisProcessor() {
    load(PROCESSOR);
    add(JUMP_EQUAL, 1, 0, cpu.audit());
    add(RETURN, 0, 0, KILL);
  }

  /// Landlock sees connect(2) alone: neither other protocols, multipath TCP among them, nor data
  /// that goes with the first packet (TCP fast open) to an address given then.
  private void allowTcp() {
    for (int protocol : new int[] {0, TCP}) {
      allow(
          SystemCall.SOCKET,
          new Check(0, -1, INET),
          new Check(1, TYPES, STREAM),
          new Check(2, -1, protocol));
    }
    allow(SystemCall.SENDTO, new Check(5, -1, 0));
  }

  private void allow(SystemCall call, Check... checks) {
    int length = 1;
    for (Check check : checks) {
      length += check.mask() == -1 ? 2 : 3;
    }
    load(NUMBER);
    int end = length;
    add(JUMP_EQUAL, 0, end, call.number(cpu).orElseThrow());
    for (Check check : checks) {
      load(ARGUMENTS + check.argument() * Long.BYTES);
      end--;
      if (check.mask() != -1) {
        add(AND, 0, 0, check.mask());
        end--;
      }
      end--;
      add(JUMP_EQUAL, 0, end, check.value());
    }
    add(RETURN, 0, 0, ALLOW);
  }

  /// With the call's number at hand.
  private void refuse(SystemCall call, int answer) {
    call.number(cpu)
        .ifPresent(
            number -> {
              add(JUMP_EQUAL, 0, 1, number);
              add(RETURN, 0, 0, answer);
            });
  }

  private void load(int offset) {
    add(LOAD, 0, 0, offset);
  }

  private void add(short code, int whenTrue, int whenFalse, int operand) {
    program.add(new Instruction(code, whenTrue, whenFalse, operand));
  }

  /// As the kernel wants it: `struct sock_fprog { u16 length; sock_filter *program; }`.
  MemorySegment written(Arena arena) {
    MemorySegment instructions = arena.allocate(JAVA_LONG, program.size());
    for (int i = 0; i < program.size(); i++) {
      Instruction instruction = program.get(i);
      long at = (long) i * Long.BYTES;
      instructions.set(JAVA_SHORT, at, instruction.code());
      instructions.set(JAVA_BYTE, at + 2, (byte) instruction.whenTrue());
      instructions.set(JAVA_BYTE, at + 3, (byte) instruction.whenFalse());
      instructions.set(JAVA_INT, at + 4, instruction.operand());
    }
    MemorySegment whole = arena.allocate(JAVA_LONG, 2);
    whole.set(JAVA_SHORT, 0, (short) program.size());
    whole.set(JAVA_LONG, Long.BYTES, instructions.address());
    return whole;
  }
}

package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A program that was started without the JDK: it has a group of processes of its own, and no
/// input. Thread-safe.
final class ConfinedProcess extends Process {
  private static final long BY_ID = 1;
  private static final long ENDED = 4;
  private static final long LEAVE = 0x100_0000;
  private static final long KILL = 9;
  private static final long TERMINATE = 15;
  private static final int EXITED = 1;
  private static final int SIGNALLED = 128;
  private static final long SIGNAL_INFO_BYTES = 128;
  private static final long CODE_AT = 8;
  private static final long STATUS_AT = 24;

  private final LibC libc;
  private final int pid;
  private final InputStream output;
  private final InputStream error;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /// Guarded by lock, under which the system also forgets the process: until then its id is its
  /// own.
  private int exitCode;

  /// Guarded by lock.
  private boolean over;

  private ConfinedProcess(LibC libc, int pid, InputStream output, InputStream error) {
    this.libc = libc;
    this.pid = pid;
    this.output = output;
    this.error = error;
  }

  /// Takes care of a child of this process.
  static ConfinedProcess of(LibC libc, int pid, InputStream output, InputStream error) {
    ConfinedProcess process = new ConfinedProcess(libc, pid, output, error);
    Thread.ofPlatform().daemon().name("confined-" + pid).start(process::reap);
    return process;
  }

  private void reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGNAL_INFO_BYTES, Long.BYTES);
      awaitEnd(info.address());
      lock.lock();
      try {
        signal(KILL); // What it left behind in its group.
        libc.call(SystemCall.WAITID, BY_ID, pid, info.address(), ENDED);
        int status = info.get(JAVA_INT, STATUS_AT);
        exitCode = info.get(JAVA_INT, CODE_AT) == EXITED ? status : SIGNALLED + status;
        over = true;
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void awaitEnd(long info) {
    long answer;
    do {
      answer = libc.call(SystemCall.WAITID, BY_ID, pid, info, ENDED | LEAVE);
    } while (answer == -LibC.EINTR);
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return output;
  }

  @Override
  public InputStream getErrorStream() {
    return error;
  }

  @Override
  public int waitFor() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over) {
        ended.await();
      }
      return exitCode;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!over && left > 0) {
        left = ended.awaitNanos(left);
      }
      return over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int exitValue() {
    lock.lock();
    try {
      if (!over) {
        throw new IllegalThreadStateException("process " + pid + " has not ended");
      }
      return exitCode;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isAlive() {
    lock.lock();
    try {
      return !over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void destroy() {
    signal(TERMINATE);
  }

  @Override
  public Process destroyForcibly() {
    signal(KILL);
    return this;
  }

  /// To all processes of the group.
  private void signal(long number) {
    lock.lock();
    try {
      if (!over) {
        libc.call(SystemCall.KILL, -pid, number);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return isAlive()
        ? ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
        : Stream.empty();
  }
}

package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What becomes the standard input, output and error of a program: nothing, and two pipes. Closing
/// lets go of the program's ends; who reads keeps his.
final class Pipes implements AutoCloseable {
  private static final long HERE = -100;
  private static final long CLOSE_ON_EXEC = 0x8_0000;

  private final LibC libc;
  private final int[] descriptors = {-1, -1, -1, -1, -1};

  private Pipes(LibC libc) {
    this.libc = libc;
  }

  static Pipes open(LibC libc) throws IOException {
    Pipes pipes = new Pipes(libc);
    try (Arena arena = Arena.ofConfined()) {
      long nothing = arena.allocateFrom("/dev/null").address();
      pipes.descriptors[0] = (int) pipes.checked(SystemCall.OPENAT, HERE, nothing, CLOSE_ON_EXEC);
      for (int i = 1; i < pipes.descriptors.length; i += 2) {
        MemorySegment pair = arena.allocate(JAVA_INT, 2);
        pipes.checked(SystemCall.PIPE2, pair.address(), CLOSE_ON_EXEC);
        pipes.descriptors[i] = pair.getAtIndex(JAVA_INT, 0);
        pipes.descriptors[i + 1] = pair.getAtIndex(JAVA_INT, 1);
      }
      return pipes;
    } catch (IOException | RuntimeException e) {
      pipes.close();
      throw e;
    }
  }

  /// The program's, in the order of their numbers.
  int[] ofProgram() {
    return new int[] {descriptors[0], descriptors[2], descriptors[4]};
  }

  /// What it writes to its standard output. Not closed with the pipes.
  InputStream output() throws IOException {
    return reading(descriptors[1]);
  }

  /// What it writes to its standard error. Not closed with the pipes.
  InputStream error() throws IOException {
    return reading(descriptors[3]);
  }

  /// Java makes no stream of a number; the system has a name for it.
  private static InputStream reading(int descriptor) throws IOException {
    return new FileInputStream("/proc/self/fd/" + descriptor);
  }

  private long checked(SystemCall which, long... arguments) throws IOException {
    long answer = libc.call(which, arguments);
    if (answer < 0) {
      throw new IOException("pipes cannot be made: " + which + " failed with error " + -answer);
    }
    return answer;
  }

  @Override
  public void close() {
    for (int descriptor : descriptors) {
      if (descriptor >= 0) {
        libc.call(SystemCall.CLOSE, descriptor);
      }
    }
  }
}

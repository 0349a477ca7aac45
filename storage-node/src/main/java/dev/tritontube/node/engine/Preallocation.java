package dev.tritontube.node.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Takes the room of a new file from the file system, so that later writes neither fail for want of
/// it nor have to allocate at each sync.
///
/// The JDK has no call for that: `posix_fallocate` (POSIX.1-2017) of the C library is used on
/// Linux. Elsewhere, and where the file system cannot do it, the file is only made that long.
final class Preallocation {
  private static final int WRITE_ONLY = 1;
  private static final int NO_SPACE = 28;
  private static final int QUOTA_EXCEEDED = 122;
  private static final Optional<Preallocation> NATIVE = link();

  private final MethodHandle open;
  private final MethodHandle allocate;
  private final MethodHandle close;

  private Preallocation(MethodHandle open, MethodHandle allocate, MethodHandle close) {
    this.open = open;
    this.allocate = allocate;
    this.close = close;
  }

  /// @param channel the same file, open and empty
  static void reserve(Path path, FileChannel channel, long bytes) throws IOException {
    boolean reserved = NATIVE.isPresent() && NATIVE.get().reserve(path, bytes);
    if (!reserved && bytes > 0) {
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    }
  }

  private static Optional<Preallocation> link() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return Optional.of(
        new Preallocation(
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("posix_fallocate"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT))));
  }

  /// False when the file system cannot do it.
  private boolean reserve(Path path, long bytes) throws IOException {
    int error;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      int file = (int) open.invokeExact(name, WRITE_ONLY);
      if (file < 0) {
        return false;
      }
      error = (int) allocate.invokeExact(file, 0L, bytes);
      int ignored = (int) close.invokeExact(file);
    } catch (Throwable e) {
      throw new IOException("could not reserve " + bytes + " bytes for " + path, e);
    }
    if (error == NO_SPACE || error == QUOTA_EXCEEDED) {
      throw new DiskFullException("no room for a file of " + bytes + " bytes at " + path);
    }
    return error == 0;
  }
}

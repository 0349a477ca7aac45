package dev.tritontube.node.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// The folder of a store as the engine sees it: everything that the engine asks of a disk, so that
/// a test can put a disk there that fails, lies and forgets.
///
/// Names are plain file names. A change of the folder (create, rename, delete) is durable after
/// [#syncDirectory] only. A want of room is a [DiskFullException], any other failure an
/// `IOException`. Thread-safe.
interface Disk {
  List<String> list() throws IOException;

  /// Makes a file that must not exist, readable and writable, of `bytes` zeros for which the room
  /// is taken already where the system can do that.
  DiskFile create(String name, long bytes) throws IOException;

  /// Opens a file that exists, readable and writable.
  DiskFile open(String name) throws IOException;

  /// Atomically, replacing a file of the new name.
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  void syncDirectory() throws IOException;

  /// Takes the lock of that name, which ends with the process or when it is closed.
  ///
  /// @throws FolderInUseException when it is taken
  Closeable lock(String name) throws IOException;

  /// What may still be written, in bytes; 0 when the disk does not say.
  long usableBytes();
}

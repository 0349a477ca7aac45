package dev.tritontube.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.ring.NodeId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/// The locked data folder of a node: who it is, and the disk on which its blobs are.
///
/// Thread-safe. The lock ends when this is closed or the process ends.
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Disk disk;
  private final Closeable lock;
  private volatile Identity identity;

  private DataFolder(Disk disk, Closeable lock, Identity identity) {
    this.disk = disk;
    this.lock = lock;
    this.identity = identity;
  }

  /// Opens a data folder, made with a new node id where there is none.
  ///
  /// @throws FolderInUseException when another process works in it
  /// @throws UnusableFolderException when its identity is damaged or of a newer format, or when it
  ///   holds volumes and no identity
  public static DataFolder open(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return open(new NioDisk(folder), new SecureRandom());
  }

  static DataFolder open(Disk disk, RandomGenerator random) throws IOException {
    Closeable lock = disk.lock(LOCK);
    try {
      return new DataFolder(disk, lock, identify(disk, random));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public Identity identity() {
    return identity;
  }

  /// Makes the node a member of a cluster, durably. A success when it is one already.
  ///
  /// @throws UnusableFolderException when it belongs to another cluster
  public synchronized void adoptCluster(String cluster) throws IOException {
    if (identity.cluster().equals(cluster)) {
      return;
    }
    if (!identity.cluster().isEmpty()) {
      throw new UnusableFolderException(
          "node "
              + identity.node()
              + " belongs to cluster "
              + identity.cluster()
              + ", not to "
              + cluster);
    }
    Identity adopted = new Identity(identity.node(), cluster);
    write(disk, adopted);
    identity = adopted;
  }

  Disk disk() {
    return disk;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static Identity identify(Disk disk, RandomGenerator random) throws IOException {
    List<String> files = disk.list();
    if (files.contains(Identity.FILE)) {
      return read(disk);
    }
    if (files.stream().anyMatch(name -> VolumeId.numberOf(name).isPresent())) {
      throw new UnusableFolderException("the data folder holds volumes but no identity");
    }
    NodeId node = new NodeId("%016x".formatted(random.nextLong()));
    Identity made = new Identity(node, "");
    write(disk, made);
    return made;
  }

  private static Identity read(Disk disk) throws IOException {
    try (DiskFile file = disk.open(Identity.FILE)) {
      ByteBuffer bytes = ByteBuffer.allocate(4096);
      file.read(bytes, 0);
      return Identity.decode(UTF_8.decode(bytes.flip()).toString());
    }
  }

  private static void write(Disk disk, Identity identity) throws IOException {
    String unfinished = Identity.FILE + StoreLoader.UNFINISHED_SUFFIX;
    if (disk.list().contains(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile file = disk.create(unfinished, 0)) {
      file.write(List.of(identity.encode()), 0);
      file.force(true);
    }
    disk.rename(unfinished, Identity.FILE);
    disk.syncDirectory();
  }
}

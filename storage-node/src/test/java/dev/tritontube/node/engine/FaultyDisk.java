package dev.tritontube.node.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk in memory that loses what was not synced, and fails when told to.
///
/// A crash keeps any subset of the 512-byte sectors that were written and not forced, any of them
/// torn, and either of the two states of the folder. Thread-safe.
final class FaultyDisk implements Disk {
  private static final int SECTOR = 512;

  private final Map<String, Content> current = new TreeMap<>();
  private final Map<String, Content> durable = new TreeMap<>();
  private boolean locked;
  private long steps;
  private long crashAt = Long.MAX_VALUE;
  private boolean failForces;
  private boolean fullAtForce;
  private long usable = Long.MAX_VALUE / 2;
  private long overhead;
  private long writeLimit = Long.MAX_VALUE;
  private long readShift;

  /// How many changes were asked for.
  synchronized long steps() {
    return steps;
  }

  /// The change of that number, and everything after it, fails; a write may have reached the disk
  /// in part.
  synchronized void crashAt(long step) {
    crashAt = step;
  }

  synchronized void failForces() {
    failForces = true;
  }

  /// The next sync fails for want of room: the file system had promised what it did not have.
  synchronized void fullAtNextForce() {
    fullAtForce = true;
  }

  /// So much of what is usable cannot be had after all.
  synchronized void overhead(long bytes) {
    overhead = bytes;
  }

  /// After so many bytes writes fail for want of room, in the middle.
  synchronized void fullAfter(long bytes) {
    writeLimit = bytes;
  }

  synchronized void usable(long bytes) {
    usable = bytes;
  }

  /// From now on reads return what lies so many bytes further.
  synchronized void misdirectReads(long shift) {
    readShift = shift;
  }

  /// True when a crash would lose nothing.
  synchronized boolean isSynced() {
    return durable.equals(current) && current.values().stream().allMatch(Content::isSynced);
  }

  synchronized byte[] bytes(String name) {
    return content(name).now.clone();
  }

  /// Replaces what a file holds, durably.
  synchronized void rewrite(String name, byte[] bytes) {
    content(name).now = bytes.clone();
    content(name).forced = bytes.clone();
  }

  /// The disk as the next process finds it.
  synchronized FaultyDisk afterCrash(RandomGenerator random) {
    FaultyDisk next = new FaultyDisk();
    (random.nextBoolean() ? current : durable)
        .forEach(
            (name, content) -> {
              Content survived = new Content(content.survivor(random));
              next.current.put(name, survived);
              next.durable.put(name, survived);
            });
    return next;
  }

  @Override
  public synchronized List<String> list() {
    return List.copyOf(current.keySet());
  }

  @Override
  public synchronized DiskFile create(String name, long bytes) throws IOException {
    step("create " + name);
    if (current.containsKey(name)) {
      throw new IOException(name + " exists");
    }
    if (bytes > usable - overhead) {
      throw new DiskFullException("no room for " + name);
    }
    Content content = new Content(new byte[Math.toIntExact(bytes)]);
    content.forced = new byte[0];
    current.put(name, content);
    return new File(content);
  }

  @Override
  public synchronized DiskFile open(String name) {
    return new File(content(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    step("rename " + from);
    current.put(to, content(from));
    current.remove(from);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    step("delete " + name);
    content(name);
    current.remove(name);
  }

  @Override
  public synchronized void syncDirectory() throws IOException {
    step("sync of the folder");
    durable.clear();
    durable.putAll(current);
  }

  @Override
  public synchronized Closeable lock(String name) throws FolderInUseException {
    if (locked) {
      throw new FolderInUseException("in use");
    }
    locked = true;
    return () -> locked = false;
  }

  @Override
  public synchronized long usableBytes() {
    return usable;
  }

  private void step(String what) throws IOException {
    if (steps++ >= crashAt) {
      throw new IOException("crashed at or before " + what);
    }
  }

  private Content content(String name) {
    Content content = current.get(name);
    if (content == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return content;
  }

  private static final class Content {
    private byte[] now;
    private byte[] forced;

    Content(byte[] bytes) {
      now = bytes.clone();
      forced = bytes.clone();
    }

    boolean isSynced() {
      return Arrays.equals(now, forced);
    }

    byte[] survivor(RandomGenerator random) {
      double kept = random.nextInt(5) / 4.0;
      byte[] survivor = Arrays.copyOf(forced, random.nextBoolean() ? now.length : forced.length);
      for (int start = 0; start < Math.min(now.length, survivor.length); start += SECTOR) {
        if (random.nextDouble() < kept) {
          int end = Math.min(start + SECTOR, Math.min(now.length, survivor.length));
          int torn = random.nextInt(8) == 0 ? random.nextInt(start, end) : end;
          System.arraycopy(now, start, survivor, start, torn - start);
        }
      }
      return survivor;
    }
  }

  private final class File implements DiskFile {
    private final Content content;

    File(Content content) {
      this.content = content;
    }

    @Override
    public int read(ByteBuffer target, long position) {
      synchronized (FaultyDisk.this) {
        long from = Math.min(content.now.length, position + readShift);
        int count = (int) Math.min(target.remaining(), content.now.length - from);
        target.put(content.now, (int) from, count);
        return count;
      }
    }

    @Override
    public void write(List<ByteBuffer> sources, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        boolean crashes = steps == crashAt;
        long at = position;
        for (ByteBuffer source : sources) {
          byte[] bytes = new byte[source.remaining()];
          source.get(bytes);
          if (steps <= crashAt) {
            store(bytes, at);
          }
          at += bytes.length;
        }
        step(crashes ? "the end of a write" : "write");
      }
    }

    @Override
    public void force(boolean metadata) throws IOException {
      synchronized (FaultyDisk.this) {
        step("force");
        if (failForces) {
          throw new IOException("the disk cannot be synced");
        }
        if (fullAtForce) {
          fullAtForce = false;
          throw new DiskFullException("no room at the sync");
        }
        content.forced = content.now.clone();
      }
    }

    @Override
    public void truncate(long bytes) throws IOException {
      synchronized (FaultyDisk.this) {
        step("truncate");
        content.now = Arrays.copyOf(content.now, (int) Math.min(bytes, content.now.length));
      }
    }

    @Override
    public long size() {
      synchronized (FaultyDisk.this) {
        return content.now.length;
      }
    }

    @Override
    public void close() {}

    private void store(byte[] bytes, long at) throws DiskFullException {
      int count = (int) Math.min(bytes.length, writeLimit);
      int end = Math.toIntExact(at + count);
      if (end > content.now.length) {
        content.now = Arrays.copyOf(content.now, end);
      }
      System.arraycopy(bytes, 0, content.now, (int) at, count);
      writeLimit -= count;
      if (count < bytes.length) {
        throw new DiskFullException("no room in the middle of a write");
      }
    }
  }
}

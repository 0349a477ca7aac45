package dev.tritontube.node.engine;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes to a disk.
///
/// It takes what is queued, decides on it in order, writes the records with one gathering write and
/// one sync, lets everybody see them, and answers. What arrives meanwhile is the next group: nobody
/// waits for a timer. A failed sync or write ends all writing until the next start, since nobody
/// knows what the disk holds then.
final class DiskWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DiskWriter.class);
  private static final int QUEUE_LENGTH = 1024;
  private static final long MAX_GROUP_BYTES = 64L << 20;

  /// A change with its caller, who waits.
  private static final class Pending<T> {
    private final Change<T> change;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable outcome;

    Pending(Change<T> change) {
      this.change = change;
    }

    void stage(Group group) throws IOException {
      T result = change.staging().stage(group);
      outcome = () -> answer.complete(result);
    }

    void answer() {
      if (outcome != null) {
        outcome.run();
      }
    }

    void fail(Exception failure) {
      answer.completeExceptionally(failure);
    }
  }

  private final Disk disk;
  private final NodeId node;
  private final StoreOptions options;
  private final Catalogue catalogue;
  private final Capacity capacity;
  private final RandomGenerator random;
  private final Semaphore places = new Semaphore(QUEUE_LENGTH);
  private final LinkedBlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong syncs = new AtomicLong();
  private final Pending<Boolean> stop = new Pending<>(new Change<>(0, true, _ -> true));
  private Runnable afterCommit = () -> {};
  private final Thread thread = new Thread(this::run, "disk-writer");
  private volatile boolean stopped;
  private volatile @Nullable IOException failure;
  private volatile boolean outOfSpace;

  // Of the writer's thread.
  private final List<Pending<?>> waiting = new ArrayList<>();
  private @Nullable Volume active;
  private @Nullable Group group;
  private long groupLimitBytes;
  private long groupReserveBytes;
  private int nextNumber;

  /// @param random makes the salts of volumes
  DiskWriter(
      Disk disk, NodeId node, StoreOptions options, Catalogue catalogue, RandomGenerator random) {
    this.disk = disk;
    this.node = node;
    this.options = options;
    this.catalogue = catalogue;
    this.random = random;
    this.capacity = new Capacity(disk, catalogue.volumes(), options.capacityBytes());
    this.nextNumber = 1 + catalogue.volumes().highestNumber();
    thread.setDaemon(true);
  }

  /// @param listener told from the writer's thread when something changed
  void start(Runnable listener) {
    afterCommit = listener;
    thread.start();
  }

  /// Waits until the change is durable, whether interrupted or not.
  <T> T submit(Change<T> change) throws IOException {
    Pending<T> pending = new Pending<>(change);
    enqueue(pending);
    return await(pending);
  }

  /// The same for several changes that may share a sync. All are waited for, then the first failure
  /// is thrown.
  <T> List<T> submitAll(List<Change<T>> changes) throws IOException {
    List<Pending<T>> enqueued = new ArrayList<>();
    @Nullable IOException failed = null;
    try {
      for (Change<T> change : changes) {
        Pending<T> pending = new Pending<>(change);
        enqueue(pending);
        enqueued.add(pending);
      }
    } catch (IOException e) {
      failed = e;
    }
    List<T> results = new ArrayList<>();
    for (Pending<T> pending : enqueued) {
      try {
        results.add(await(pending));
      } catch (IOException e) {
        failed = failed == null ? e : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
    return results;
  }

  DiskState state() {
    if (failure != null) {
      return DiskState.FAILED;
    }
    long filled = Capacity.withoutReserve(capacity.totalBytes());
    return outOfSpace || capacity.usedBytes() >= filled ? DiskState.FULL : DiskState.OK;
  }

  Capacity capacity() {
    return capacity;
  }

  long syncs() {
    return syncs.get();
  }

  /// Finishes what is queued and seals the volume, so that the next start need not read it through.
  @Override
  public void close() {
    queue.add(stop);
    Uninterruptibles.joinUninterruptibly(thread);
  }

  private void enqueue(Pending<?> pending) throws IOException {
    if (stopped) {
      throw closed();
    }
    if (!Uninterruptibles.tryAcquireUninterruptibly(
        places, options.maxWait().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new StoreBusyException(QUEUE_LENGTH + " writes are queued already");
    }
    queue.add(pending);
    if (stopped) {
      refuseQueued();
    }
  }

  private static IOException closed() {
    return new IOException("the store is closed");
  }

  private static <T> T await(Pending<T> pending) throws IOException {
    try {
      return pending.answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case DiskFullException full -> throw new DiskFullException(message(full));
        case DiskFailedException failed -> throw new DiskFailedException(message(failed), failed);
        case CorruptBlobException corrupt -> throw new CorruptBlobException(message(corrupt));
        case null, default -> throw new IOException("the write failed", e.getCause());
      }
    }
  }

  private static String message(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  private void run() {
    boolean running = true;
    while (running) {
      Pending<?> first = Uninterruptibles.takeUninterruptibly(queue);
      List<Pending<?>> batch = new ArrayList<>(List.of(first));
      queue.drainTo(batch);
      running = !batch.remove(stop);
      places.release(batch.size());
      serve(batch);
    }
    stopped = true;
    refuseQueued();
    seal();
  }

  /// Nothing may end this thread: an error of the program ends writing, with an answer for
  /// everybody.
  private void serve(List<Pending<?>> batch) {
    try {
      batch.forEach(this::stage);
      commit();
    } catch (RuntimeException e) {
      group = null;
      fence();
      failWaiting(failed("the writer is broken", new IOException(e)));
    }
  }

  private void refuseQueued() {
    for (Pending<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(closed());
    }
  }

  private void stage(Pending<?> pending) {
    try {
      pending.stage(groupFor(pending.change));
      waiting.add(pending);
    } catch (IOException | RuntimeException e) {
      pending.fail(e);
    }
  }

  /// The current group when the change still fits, else a new one, in a new volume if need be.
  private Group groupFor(Change<?> change) throws IOException {
    @Nullable Group current = group;
    boolean fits =
        current != null
            && current.roomBytes() >= change.bytes()
            && current.bytes() < MAX_GROUP_BYTES;
    if (!fits) {
      commit();
    }
    checkNotFailed();
    if (group == null) {
      refreshLimits();
    }
    checkRoom(change);
    if (group == null) {
      group = new Group(catalogue, volumeFor(change.bytes()));
    }
    return group;
  }

  private void refreshLimits() {
    groupLimitBytes = capacity.totalBytes() - capacity.usedBytes();
    groupReserveBytes = capacity.totalBytes() - Capacity.withoutReserve(capacity.totalBytes());
  }

  private void checkNotFailed() throws DiskFailedException {
    @Nullable IOException cause = failure;
    if (cause != null) {
      throw new DiskFailedException("the disk failed earlier: " + cause.getMessage(), cause);
    }
  }

  private void checkRoom(Change<?> change) throws DiskFullException {
    long pending = group == null ? 0 : group.bytes();
    long needed = change.bytes() + (active == null ? VolumeFormat.HEADER_BYTES : 0);
    long free = groupLimitBytes - pending - (change.usesReserve() ? 0 : groupReserveBytes);
    if (needed > free) {
      throw new DiskFullException(
          "no room for " + needed + " bytes: " + Math.max(0, free) + " bytes are left");
    }
  }

  private Volume volumeFor(long bytes) throws IOException {
    if (active != null && active.roomBytes() >= bytes) {
      return active;
    }
    seal();
    checkNotFailed();
    try {
      active = create(bytes);
      outOfSpace = false;
      return active;
    } catch (DiskFullException e) {
      outOfSpace = true;
      throw e;
    } catch (IOException e) {
      throw failed("a new volume cannot be made", e);
    }
  }

  private Volume create(long bytes) throws IOException {
    VolumeId id = new VolumeId(nextNumber, random.nextLong());
    String name = id.fileName() + StoreLoader.UNFINISHED_SUFFIX;
    removeLeftover(name);
    DiskFile file = reserve(name, VolumeFormat.HEADER_BYTES + bytes);
    long reserved = file.size();
    try {
      publish(file, name, new VolumeFormat.Header(id, node, reserved));
    } catch (IOException e) {
      file.close();
      throw e;
    }
    nextNumber++;
    Volume volume = Volume.active(id, file, reserved);
    catalogue.volumes().add(volume);
    return volume;
  }

  /// A file system needs some room for itself, too: when there is not what there should be, half of
  /// it will do.
  private DiskFile reserve(String name, long least) throws IOException {
    long bytes = Math.max(least, Math.min(options.volumeBytes(), groupLimitBytes));
    while (true) {
      try {
        return disk.create(name, bytes);
      } catch (DiskFullException e) {
        if (bytes == least) {
          throw e;
        }
        bytes = Math.max(least, bytes / 2);
      }
    }
  }

  /// Gives a file the name of a volume once its header is durable.
  private void publish(DiskFile file, String unfinished, VolumeFormat.Header header)
      throws IOException {
    file.write(List.of(VolumeFormat.encode(header)), 0);
    file.force(true);
    disk.rename(unfinished, header.id().fileName());
    disk.syncDirectory();
  }

  /// Of an attempt for which there was no room.
  private void removeLeftover(String name) throws IOException {
    if (disk.list().contains(name)) {
      disk.delete(name);
    }
  }

  private void commit() {
    @Nullable Group committed = group;
    group = null;
    if (committed != null) {
      Optional<IOException> cause = write(committed);
      if (cause.isEmpty()) {
        delete(committed.retired());
        answerWaiting();
        afterCommit.run();
      } else {
        failWaiting(cause.get());
      }
    }
  }

  /// Empty when all is durable.
  private Optional<IOException> write(Group committed) {
    if (committed.bytes() == 0) {
      return Optional.empty();
    }
    try {
      syncs.incrementAndGet();
      committed.commit();
      outOfSpace = false;
      return Optional.empty();
    } catch (DiskFullException e) {
      outOfSpace = true;
      seal();
      return Optional.of(failure == null ? e : new DiskFailedException(message(e), e));
    } catch (IOException e) {
      fence();
      return Optional.of(failed("records cannot be written", e));
    }
  }

  private void failWaiting(IOException cause) {
    waiting.forEach(pending -> pending.fail(cause));
    waiting.clear();
  }

  private void answerWaiting() {
    waiting.forEach(Pending::answer);
    waiting.clear();
  }

  private void seal() {
    if (active == null || failure != null) {
      return;
    }
    try {
      active.seal();
    } catch (IOException e) {
      failed("a volume cannot be sealed", e);
    }
    active = null;
  }

  private void fence() {
    if (active != null) {
      active.fence();
      active = null;
    }
  }

  private void delete(List<Volume> retired) {
    if (retired.isEmpty() || failure != null) {
      return;
    }
    try {
      for (Volume volume : retired) {
        catalogue.volumes().remove(volume);
        volume.release();
        disk.delete(volume.id().fileName());
      }
      disk.syncDirectory();
    } catch (IOException e) {
      failed("a retired volume cannot be deleted", e);
    }
  }

  private DiskFailedException failed(String what, IOException cause) {
    failure = cause;
    log.error("The disk is out of use: {}", what, cause);
    return new DiskFailedException(what + ": " + cause.getMessage(), cause);
  }
}

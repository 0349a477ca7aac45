package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Hashes and stores the full chunks of one upload while its thread receives the next one.
///
/// Each chunk goes two ways at once: to the hash, in order, and to the ring, `IN_FLIGHT` chunks at
/// a time. Its buffer is given back when both are done with it. After a failure nothing more is
/// stored. For one thread, but for what it starts.
final class ChunkPipeline implements AutoCloseable {
  private static final int IN_FLIGHT = 2;

  private final ChunkStore store;
  private final ChunkBuffers buffers;
  private final MessageDigest digest = sha256();
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ExecutorService hashing =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("upload-hash-", 0).factory());
  private final ExecutorService storing =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("upload-store-", 0).factory());

  ChunkPipeline(ChunkStore store, ChunkBuffers buffers) {
    this.store = store;
    this.buffers = buffers;
  }

  /// Takes over a buffer, from its start to its position. Waits while too many chunks are in
  /// flight.
  void add(AssetId asset, long number, ByteBuffer chunk) throws IOException {
    try {
      inFlight.acquire();
    } catch (InterruptedException e) {
      buffers.giveBack(chunk);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while chunk " + number + " waited");
    }
    chunk.flip();
    AtomicInteger users = new AtomicInteger(2);
    hashing.execute(() -> hash(chunk, users));
    storing.execute(() -> store(asset, number, chunk, users));
    check();
  }

  private void hash(ByteBuffer chunk, AtomicInteger users) {
    try {
      digest.update(chunk.duplicate());
    } finally {
      release(chunk, users);
    }
  }

  private void store(AssetId asset, long number, ByteBuffer chunk, AtomicInteger users) {
    try {
      if (failure.get() == null) {
        store.put(asset, number, chunk.duplicate());
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      release(chunk, users);
    }
  }

  private void release(ByteBuffer chunk, AtomicInteger users) {
    if (users.decrementAndGet() == 0) {
      buffers.giveBack(chunk);
      inFlight.release();
    }
  }

  /// Throws what ended the storing of a chunk, if anything did.
  void check() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException storage -> throw storage;
      case RuntimeException fault -> throw fault;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  /// Waits until everything is stored.
  Sha256 finish() throws IOException {
    close();
    check();
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /// Waits until no chunk is in flight any more.
  @Override
  public void close() {
    hashing.close();
    storing.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

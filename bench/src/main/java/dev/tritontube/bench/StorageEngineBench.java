package dev.tritontube.bench;

import dev.tritontube.node.engine.BlobReader;
import dev.tritontube.node.engine.DataFolder;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.engine.StoreOptions;
import dev.tritontube.node.engine.VolumeBlobStore;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Measures the engine of a node on a real disk: what group commit is worth, how long a start
/// takes, what the index weighs. Arguments: a folder on that disk (made and deleted again), and how
/// many small blobs the start is measured with (a million unless given).
public final class StorageEngineBench {
  private static final StoreOptions OPTIONS = StoreOptions.DEFAULTS;
  private static final int SMALL_BYTES = 64;

  private final Path folder;

  private StorageEngineBench(Path folder) {
    this.folder = folder;
  }

  /// Prints one line a figure.
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "engine-bench");
    int blobs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    StorageEngineBench bench = new StorageEngineBench(folder);
    try {
      bench.acknowledgements(4 << 10, 1, 500);
      bench.acknowledgements(4 << 10, 8, 4000);
      bench.acknowledgements(4 << 10, 64, 16_000);
      bench.acknowledgements(1 << 20, 1, 100);
      bench.acknowledgements(1 << 20, 8, 800);
      bench.starts(blobs);
    } finally {
      bench.clean();
    }
  }

  private void acknowledgements(int bytes, int writers, int blobs) throws Exception {
    try (DataFolder data = DataFolder.open(folder.resolve("puts-" + bytes + "-" + writers));
        VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      put(store, "warm-up/", bytes, writers, blobs / 4);
      long syncs = store.stats().syncs();
      double seconds = put(store, "blob/", bytes, writers, blobs);
      double perSync = (double) blobs / (store.stats().syncs() - syncs);
      System.out.printf(
          "put %7d bytes, %3d writers: %8.0f blobs/s, %7.1f MB/s, %5.1f blobs a sync%n",
          bytes, writers, blobs / seconds, 1e-6 * bytes * blobs / seconds, perSync);
      seconds = read(store, blobs);
      System.out.printf(
          "get %7d bytes,   1 reader : %8.0f blobs/s, %7.1f MB/s%n",
          bytes, blobs / seconds, 1e-6 * bytes * blobs / seconds);
    }
  }

  private void starts(int blobs) throws Exception {
    Path many = folder.resolve("many");
    try (DataFolder data = DataFolder.open(many);
        VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
      double seconds = put(store, "a/", SMALL_BYTES, 512, blobs);
      System.out.printf(
          "put %7d bytes, 512 writers: %8.0f blobs/s, index %.1f bytes a blob%n",
          SMALL_BYTES, blobs / seconds, (double) store.indexBytes() / blobs);
    }
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      try (DataFolder data = DataFolder.open(many);
          VolumeBlobStore store = VolumeBlobStore.open(data, OPTIONS)) {
        System.out.printf(
            "start with %d blobs: %.0f ms (%.0f ms of CPU), index %.1f bytes a blob%n",
            store.stats().blobs(),
            (System.nanoTime() - start) * 1e-6,
            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) * 1e-6,
            (double) store.indexBytes() / blobs);
      }
    }
  }

  /// Seconds for that many blobs.
  private static double put(VolumeBlobStore store, String prefix, int bytes, int writers, int blobs)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      tasks.add(() -> putUntil(store, prefix, bytes, next, blobs));
    }
    long start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> writer : threads.invokeAll(tasks)) {
        writer.get();
      }
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private static int putUntil(
      VolumeBlobStore store, String prefix, int bytes, AtomicInteger next, int blobs)
      throws IOException {
    ByteBuffer source = ByteBuffer.allocateDirect(bytes);
    int count = 0;
    for (int i = next.getAndIncrement(); i < blobs; i = next.getAndIncrement()) {
      try (PayloadBuilder builder = store.buffers().receive(bytes)) {
        builder.append(source.clear());
        try (Payload payload = builder.finish()) {
          store.put(new PutCommand(new BlobKey(prefix + i), 1, payload, List.of()));
          count++;
        }
      }
    }
    return count;
  }

  private static double read(VolumeBlobStore store, int blobs) throws IOException {
    ByteBuffer target = ByteBuffer.allocateDirect(256 << 10);
    long start = System.nanoTime();
    for (int i = 0; i < blobs; i++) {
      try (BlobReader reader = store.open(new BlobKey("blob/" + i)).orElseThrow()) {
        for (long at = 0; at < reader.length(); ) {
          at += reader.read(at, target.clear());
        }
      }
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private void clean() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

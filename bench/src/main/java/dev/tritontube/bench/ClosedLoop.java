package dev.tritontube.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// So many clients, each of which begins its next request when the last one is done, for a while.
///
/// @param warmUp time before the clock starts, for the just-in-time compiler
/// @param length time that is measured
record ClosedLoop(Duration warmUp, Duration length) {
  /// One client.
  interface Client extends AutoCloseable {
    /// One request.
    ///
    /// @return the payload bytes that it moved
    long request() throws Exception;

    @Override
    default void close() throws Exception {}
  }

  /// Makes clients; the number tells them apart.
  interface Clients {
    Client client(int number) throws Exception;
  }

  private record Tally(long bytes, long[] nanos) {}

  /// @param cpu the processes whose time is the cost
  Figures run(Clients clients, int concurrency, CpuClock cpu) throws Exception {
    // Making a client may take long (it stores what it will read), so the clock starts after it.
    List<Client> made = new ArrayList<>();
    for (int number = 0; number < concurrency; number++) {
      made.add(clients.client(number));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime() + warmUp.toNanos();
      long end = start + length.toNanos();
      List<Future<Tally>> running = new ArrayList<>();
      for (Client client : made) {
        running.add(threads.submit(() -> loop(client, start, end)));
      }
      Thread.sleep(warmUp);
      double cpuBefore = cpu.seconds();
      List<Tally> tallies = collect(running);
      double cpuSeconds = cpu.seconds() - cpuBefore;
      double seconds = (System.nanoTime() - start) / 1e9;
      return figures(tallies, seconds, cpuSeconds);
    }
  }

  private static Tally loop(Client client, long start, long end) throws Exception {
    try (client) {
      long bytes = 0;
      long[] nanos = new long[1024];
      int requests = 0;
      for (long now = System.nanoTime(); now < end; ) {
        long moved = client.request();
        long done = System.nanoTime();
        if (now >= start) {
          bytes += moved;
          nanos = requests == nanos.length ? Arrays.copyOf(nanos, 2 * requests) : nanos;
          nanos[requests++] = done - now;
        }
        now = done;
      }
      return new Tally(bytes, Arrays.copyOf(nanos, requests));
    }
  }

  private static List<Tally> collect(List<Future<Tally>> running)
      throws InterruptedException, ExecutionException {
    List<Tally> tallies = new ArrayList<>();
    for (Future<Tally> client : running) {
      tallies.add(client.get());
    }
    return tallies;
  }

  private static Figures figures(List<Tally> tallies, double seconds, double cpuSeconds) {
    long bytes = tallies.stream().mapToLong(Tally::bytes).sum();
    long[] nanos =
        tallies.stream().flatMapToLong(tally -> Arrays.stream(tally.nanos)).sorted().toArray();
    return new Figures(
        bytes / 1e6 / seconds,
        percentile(nanos, 0.5),
        percentile(nanos, 0.99),
        cpuSeconds / (bytes / 1e9));
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}

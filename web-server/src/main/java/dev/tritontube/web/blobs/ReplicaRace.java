package dev.tritontube.web.blobs;

import dev.tritontube.ring.LayoutNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks one node, and a second one too when the first takes longer than nearly all do. The first
/// answer wins, the other call is cancelled. Thread-safe.
final class ReplicaRace {
  /// A question to one node.
  interface Ask<T> {
    /// @param patience how long the node may take
    T ask(LayoutNode node, long epoch, Duration patience)
        throws NodeException, InterruptedException;

    /// Gives back an answer that came too late.
    default void discard(T answer) {}
  }

  /// A node that gave no answer.
  record Lost(LayoutNode node, NodeException reason) {}

  /// @param answer null when every node that was asked failed
  record Result<T>(@Nullable T answer, List<Lost> lost) {}

  private record Finish<T>(LayoutNode node, @Nullable T answer, @Nullable NodeException failure) {}

  private final FirstAnswers firstAnswers;
  private final RingMetrics metrics;

  ReplicaRace(FirstAnswers firstAnswers, RingMetrics metrics) {
    this.firstAnswers = firstAnswers;
    this.metrics = metrics;
  }

  /// @param second gives another node to ask, if there is one worth asking
  <T> Result<T> run(
      Ask<T> ask,
      long epoch,
      Duration patience,
      LayoutNode first,
      Supplier<Optional<LayoutNode>> second)
      throws InterruptedException {
    try (Heat<T> heat = new Heat<>(ask, epoch, patience)) {
      heat.start(first);
      Finish<T> finish = heat.await(firstAnswers.hedgeAfterNanos());
      if (finish == null) {
        hedge(heat, second);
        finish = heat.await(Long.MAX_VALUE);
      }
      return conclude(heat, finish);
    }
  }

  private <T> void hedge(Heat<T> heat, Supplier<Optional<LayoutNode>> second) {
    if (firstAnswers.mayHedge()) {
      second
          .get()
          .ifPresent(
              node -> {
                metrics.hedged();
                heat.start(node);
              });
    }
  }

  private <T> Result<T> conclude(Heat<T> heat, @Nullable Finish<T> first)
      throws InterruptedException {
    List<Lost> lost = new ArrayList<>();
    Finish<T> finish = first;
    while (finish != null) {
      NodeException failure = finish.failure();
      if (failure == null) {
        firstAnswers.answeredAfter(heat.nanos());
        return new Result<>(finish.answer(), lost);
      }
      lost.add(new Lost(finish.node(), failure));
      finish = heat.await(Long.MAX_VALUE);
    }
    return new Result<>(null, lost);
  }

  /// The calls of one race.
  private static final class Heat<T> implements AutoCloseable {
    private final Ask<T> ask;
    private final long epoch;
    private final Duration patience;
    private final long begunAt = System.nanoTime();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Finish<T>> finishes = new LinkedBlockingQueue<>();
    private int pending;

    /// Guarded by this object's monitor, together with what is added to `finishes`.
    private boolean over;

    Heat(Ask<T> ask, long epoch, Duration patience) {
      this.ask = ask;
      this.epoch = epoch;
      this.patience = patience;
    }

    long nanos() {
      return System.nanoTime() - begunAt;
    }

    void start(LayoutNode node) {
      pending++;
      threads.add(Thread.ofVirtual().name("ring-read").start(() -> ask(node)));
    }

    private void ask(LayoutNode node) {
      try {
        finished(new Finish<>(node, ask.ask(node, epoch, patience), null));
      } catch (NodeException failure) {
        finished(new Finish<>(node, null, failure));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private void finished(Finish<T> finish) {
      T late;
      synchronized (this) {
        late = over ? finish.answer() : null;
        if (!over) {
          finishes.add(finish);
        }
      }
      if (late != null) {
        ask.discard(late);
      }
    }

    /// The next call that ends; null when none is on its way or the wait is over.
    @Nullable Finish<T> await(long nanos) throws InterruptedException {
      if (pending == 0) {
        return null;
      }
      Finish<T> finish = finishes.poll(nanos, TimeUnit.NANOSECONDS);
      if (finish != null) {
        pending--;
      }
      return finish;
    }

    @Override
    public void close() {
      List<Finish<T>> late = new ArrayList<>();
      synchronized (this) {
        over = true;
        finishes.drainTo(late);
      }
      threads.forEach(Thread::interrupt);
      for (Finish<T> finish : late) {
        T answer = finish.answer();
        if (answer != null) {
          ask.discard(answer);
        }
      }
    }
  }
}

package dev.tritontube.web.blobs;

import dev.tritontube.ring.LayoutNode;
import io.grpc.Status;
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
        finish = heat.await();
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
      finish = heat.await();
    }
    lost.addAll(heat.unanswered());
    return new Result<>(null, lost);
  }

  /// The calls of one race.
  private static final class Heat<T> implements AutoCloseable {
    /// What a call may take beyond the patience with its node before it is given up.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Ask<T> ask;
    private final long epoch;
    private final Duration patience;
    private final long begunAt = System.nanoTime();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Finish<T>> finishes = new LinkedBlockingQueue<>();
    private final List<LayoutNode> pending = new ArrayList<>();
    private long latestAt = begunAt;

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
      pending.add(node);
      latestAt = System.nanoTime();
      threads.add(Thread.ofVirtual().name("ring-read").start(() -> ask(node)));
    }

    private void ask(LayoutNode node) {
      try {
        finished(new Finish<>(node, ask.ask(node, epoch, patience), null));
      } catch (NodeException failure) {
        finished(new Finish<>(node, null, failure));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException unexpected) {
        finished(new Finish<>(node, null, failure(node, Status.INTERNAL.withCause(unexpected))));
      }
    }

    private static NodeException failure(LayoutNode node, Status status) {
      return NodeException.of(node, "read", status.asRuntimeException());
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
      if (pending.isEmpty()) {
        return null;
      }
      Finish<T> finish = finishes.poll(nanos, TimeUnit.NANOSECONDS);
      if (finish != null) {
        pending.remove(finish.node());
      }
      return finish;
    }

    /// The same, for as long as the node that was asked last may take.
    @Nullable Finish<T> await() throws InterruptedException {
      return await(latestAt + patience.plus(SLACK).toNanos() - System.nanoTime());
    }

    /// Those that were given up.
    List<Lost> unanswered() {
      Status silent = Status.DEADLINE_EXCEEDED.withDescription("no answer for " + patience);
      return pending.stream().map(node -> new Lost(node, failure(node, silent))).toList();
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

package dev.tritontube.node.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Sends the messages of one call no faster than the caller takes them: one thread sends and waits
/// while the call is not ready. To be made before the service method returns.
final class ReadySender<T> {
  private final ServerCallStreamObserver<T> observer;
  private final Duration patience;

  /// Guards nothing but the waiting itself.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /// @param patience how long a caller may take nothing
  ReadySender(ServerCallStreamObserver<T> observer, Duration patience) {
    this.observer = observer;
    this.patience = patience;
    observer.setOnReadyHandler(this::wake);
    observer.setOnCancelHandler(this::wake);
  }

  ServerCallStreamObserver<T> observer() {
    return observer;
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the caller takes more.
  ///
  /// @throws CallCancelledException when the caller is gone
  /// @throws io.grpc.StatusRuntimeException DEADLINE_EXCEEDED when it takes nothing for too long
  void awaitReady() throws InterruptedException {
    long leftNanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!observer.isReady() && !observer.isCancelled()) {
        if (leftNanos <= 0) {
          throw Status.DEADLINE_EXCEEDED
              .withDescription("the caller took nothing for " + patience.toSeconds() + " s")
              .asRuntimeException();
        }
        leftNanos = changed.awaitNanos(leftNanos);
      }
    } finally {
      lock.unlock();
    }
    if (observer.isCancelled()) {
      throw new CallCancelledException();
    }
  }

  /// Sends without waiting: call `awaitReady` before.
  void send(T message) {
    observer.onNext(message);
  }

  void complete() {
    observer.onCompleted();
  }
}

package dev.tritontube.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.events.Follower.Step;
import dev.tritontube.web.events.Watched.Look;
import dev.tritontube.web.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/// Tells one client over a WebSocket (RFC 6455) how far something is, until it ends. Has a thread
/// of its own; one message is under way at a time.
final class ProgressSocket {
  static final int DONE = 1000;
  static final int SERVER_STOPS = 1001;
  static final int FAULT = 1011;
  static final int COME_AGAIN = 1013;

  /// What is watched is not there, or not for this client: like the status 404.
  static final int NOT_FOUND = 4404;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Session session;
  private final Watched watched;
  private final EventFeed feed;
  private final Thread thread;
  private @Nullable Look told;

  ProgressSocket(Session session, Watched watched, EventFeed feed) {
    this.session = session;
    this.watched = watched;
    this.feed = feed;
    this.thread = Thread.ofVirtual().name("progress-socket").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// The client is gone.
  void gone() {
    thread.interrupt();
  }

  private void run() {
    try {
      session.close(follow(), null, Callback.NOOP);
    } catch (IOException _) {
      session.disconnect();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      session.close(FAULT, null, Callback.NOOP);
      throw e;
    }
  }

  /// @return why it closes
  private int follow() throws IOException, InterruptedException {
    Optional<Follower> place = feed.follow(OptionalLong.empty());
    if (place.isEmpty()) {
      return COME_AGAIN;
    }
    try (Follower follower = place.get()) {
      Optional<Integer> end = look();
      while (end.isEmpty()) {
        end = after(follower.next());
      }
      return end.get();
    }
  }

  private Optional<Integer> after(Step step) throws IOException, InterruptedException {
    return switch (step) {
      case Step.Events(var events) ->
          events.stream().anyMatch(event -> event.subject().equals(watched.subject()))
              ? look()
              : Optional.empty();
      case Step.Nothing() -> {
        await(callback -> session.sendPing(ByteBuffer.allocate(0), callback));
        yield Optional.empty();
      }
      case Step.Lost() -> look();
      case Step.TooSlow() -> Optional.of(COME_AGAIN);
      case Step.Closed() -> Optional.of(SERVER_STOPS);
    };
  }

  private Optional<Integer> look() throws IOException, InterruptedException {
    Optional<Look> now = watched.look();
    if (now.isEmpty()) {
      return Optional.of(NOT_FOUND);
    }
    if (!now.get().equals(told)) {
      told = now.get();
      String text = new String(Json.bytes(now.get().document()), UTF_8);
      await(callback -> session.sendText(text, callback));
    }
    return now.get().ended() ? Optional.of(DONE) : Optional.empty();
  }

  private static void await(Consumer<Callback> sending) throws IOException, InterruptedException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    sending.accept(Callback.from(() -> sent.complete(null), sent::completeExceptionally));
    try {
      sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client takes nothing", e);
    }
  }
}

package dev.tritontube.local;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/// A body that knows when its last byte was handed over to be sent.
public final class TimedBody implements BodyPublisher {
  private final BodyPublisher body;
  private volatile long lastByteMillis;

  public TimedBody(BodyPublisher body) {
    this.body = body;
  }

  /// Milliseconds since 1970.
  public long lastByteMillis() {
    return lastByteMillis;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> client) {
    body.subscribe(new Noting(client));
  }

  private final class Noting implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> client;

    Noting(Subscriber<? super ByteBuffer> client) {
      this.client = client;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      client.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
      client.onNext(bytes);
      lastByteMillis = System.currentTimeMillis();
    }

    @Override
    public void onError(Throwable error) {
      client.onError(error);
    }

    @Override
    public void onComplete() {
      client.onComplete();
    }
  }
}

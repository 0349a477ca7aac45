package dev.tritontube.web.videos;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents that were made of the catalog, for as long as nothing in it has changed: each is known
/// by the number of the last event, and every change that people see adds one. So whichever process
/// changed something, nobody is told of how it was before. What goes on changing (a video that is
/// being encoded) is not kept, and who may see what is asked before, each time. Thread-safe.
public final class KeptAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);

  /// What an entry takes beside its document, about.
  private static final int ENTRY_BYTES = 512;

  private final Cache<Key, byte[]> kept;
  private final LongSupplier changes;
  private final Counter hits;
  private final Counter misses;
  private final boolean on;

  /// What is kept, and for how long at most.
  enum Kind {
    LIST(Duration.ofSeconds(60)),
    VIDEO(Duration.ofSeconds(30));

    private final Duration lifetime;

    Kind(Duration lifetime) {
      this.lifetime = lifetime;
    }
  }

  private record Key(Kind kind, long change, Object what) {}

  /// A document.
  ///
  /// @param settled whether it changes only with an event
  record Made(byte[] json, boolean settled) {}

  /// @param bytes how much is kept; 0 = nothing
  /// @param changes the number of the last change of the catalog
  public KeptAnswers(long bytes, LongSupplier changes, MeterRegistry meters) {
    this(bytes, changes, meters, Ticker.systemTicker());
  }

  KeptAnswers(long bytes, LongSupplier changes, MeterRegistry meters, Ticker ticker) {
    this.on = bytes > 0;
    this.changes = changes;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key _, byte[] json) -> json.length + ENTRY_BYTES)
            .expireAfter(Expiry.creating((Key key, byte[] _) -> key.kind.lifetime))
            .ticker(ticker)
            .build();
    this.hits = counter(meters, "hit");
    this.misses = counter(meters, "miss");
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("tritontube.answers")
        .description("Lists and videos that were asked for, by whether they were kept")
        .tag("result", result)
        .register(meters);
  }

  /// @param what tells documents of this kind apart, also by who sees them
  byte[] of(Kind kind, Object what, Supplier<Made> make) {
    if (!on) {
      return make.get().json();
    }
    long change;
    try {
      change = changes.getAsLong(); // Before anything is read that goes by it.
    } catch (RuntimeException e) {
      LOG.warn("answers are not kept: the number of the last change is not known", e);
      return make.get().json();
    }
    Key key = new Key(kind, change, what);
    byte[] known = kept.getIfPresent(key);
    if (known != null) {
      hits.increment();
      return known;
    }
    misses.increment();
    Made made = make.get();
    if (made.settled()) {
      kept.put(key, made.json());
    }
    return made.json();
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How fast the work on assets goes: what was made of each in the last minutes, by whichever
/// process. Each process looks for itself and remembers nothing after its end. Thread-safe.
final class Pace {
  /// What lies further back counts less and less.
  private static final Duration MEMORY = Duration.ofMinutes(2);

  /// What is expected counts like having been seen for a fifth of that time, within these bounds.
  private static final double EXPECTATION = 0.2;

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(10);

  /// Nobody can tell what will be after that.
  private static final Duration LONGEST = Duration.ofDays(7);

  /// Assets that are remembered; the oldest is forgotten.
  private static final int REMEMBERED = 1000;

  private final InstantSource clock;

  /// Guarded by this.
  private final Map<AssetId, Sample> samples = new Samples();

  /// What is known of an asset.
  ///
  /// @param share that was done
  /// @param grownAt when it last became more
  /// @param made share in the time that is remembered
  /// @param seconds how long that is
  private record Sample(
      String revision, double share, Instant at, Instant grownAt, double made, double seconds) {

    Sample next(double newShare, Instant now) {
      double passed = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
      double kept = Math.exp(-passed / MEMORY.toSeconds());
      double more = Math.max(0, newShare - share);
      return new Sample(
          revision,
          share + more,
          now,
          more > 0 ? now : grownAt,
          made * kept + more,
          seconds * kept + passed);
    }
  }

  private static final class Samples extends LinkedHashMap<AssetId, Sample> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<AssetId, Sample> eldest) {
      return size() > REMEMBERED;
    }
  }

  Pace(InstantSource clock) {
    this.clock = clock;
  }

  /// @param etaSeconds until all is done; null when nobody can tell
  /// @param idle for how long nothing was made
  record Seen(@Nullable Integer etaSeconds, Duration idle) {}

  /// Looks at an asset.
  ///
  /// @param share of the work that is done, 0 to 1
  /// @param expected how long all of the work should take, before it was seen
  synchronized Seen look(AssetId asset, String revision, double share, Duration expected) {
    Instant now = clock.instant();
    Sample before = samples.get(asset);
    Sample sample =
        before == null || !before.revision().equals(revision)
            ? first(revision, share, expected, now)
            : before.next(share, now);
    samples.put(asset, sample);
    double left = (1 - sample.share()) * sample.seconds() / sample.made();
    return new Seen(
        left <= LONGEST.toSeconds() ? Integer.valueOf((int) Math.ceil(left)) : null,
        Duration.between(sample.grownAt(), now));
  }

  private static Sample first(String revision, double share, Duration expected, Instant now) {
    double all = Math.max(1, expected.toMillis() / 1000.0);
    double seconds = Math.clamp(EXPECTATION * all, LEAST.toSeconds(), MOST.toSeconds());
    return new Sample(revision, share, now, now, seconds / all, seconds);
  }
}

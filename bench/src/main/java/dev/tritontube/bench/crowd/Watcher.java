package dev.tritontube.bench.crowd;

import dev.tritontube.local.PlaybackCheck;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Watches a video again and again until it is told that it is enough.
///
/// @param what who it is and what it watches, for people
/// @param fromShare of the length, where the first time begins
record Watcher(
    String what,
    PlaybackCheck catalog,
    URI manifest,
    double fromShare,
    Fetcher fetcher,
    BooleanSupplier enough)
    implements Callable<Viewing> {
  @Override
  public Viewing call() throws InterruptedException {
    Viewing all = Viewing.of(what, Playhead.Stalls.NONE, null);
    double from = fromShare;
    while (all.complaint() == null && !enough.getAsBoolean()) {
      all = all.and(once(from));
      from = 0;
    }
    return all;
  }

  private Viewing once(double from) throws InterruptedException {
    Playhead.Stalls stalls = Playhead.Stalls.NONE;
    @Nullable String complaint = null;
    try {
      Showing showing = new Showing(catalog.dash(manifest), fetcher, from, enough);
      try {
        showing.watch();
      } finally {
        stalls = showing.stalls();
      }
    } catch (IOException e) {
      complaint = String.valueOf(e.getMessage());
    }
    return Viewing.of(what, stalls, complaint);
  }
}

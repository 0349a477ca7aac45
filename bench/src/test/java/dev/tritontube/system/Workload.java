package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.local.PlaybackCheck;
import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// People who watch and upload while a test does things to the cluster. What fails is kept for the
/// test to see.
///
/// They pause between two acts: requests meet what the test does all the same, and the machine is
/// left to the processes that are tested. Every upload is encoded, so there are few while the test
/// does not wait for them.
final class Workload implements AutoCloseable {
  private static final Duration BETWEEN_FETCHES = Duration.ofMillis(10);
  private static final Duration BETWEEN_UPLOADS = Duration.ofMillis(1500);

  /// While the test waits for more.
  private static final Duration BETWEEN_AWAITED_UPLOADS = Duration.ofMillis(150);

  private final RestClient rest;
  private final byte[] clip;
  private final Queue<Thread> people = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, String> uploaded = new ConcurrentHashMap<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile boolean awaited;
  private volatile boolean over;

  /// @param clip what uploaders upload, each time as other bytes; the shorter, the less there is to
  ///   encode
  Workload(RestClient rest, byte[] clip) {
    this.rest = rest;
    this.clip = clip;
  }

  /// Somebody who fetches every segment of a video again and again, and compares it with what it
  /// was at first.
  void watch(String videoId) throws IOException {
    PlaybackCheck playback = new PlaybackCheck(rest);
    Set<URI> segments =
        playback.dashSegments(rest.resolve("/api/v1/videos/" + videoId + "/manifest.mpd"));
    Map<URI, String> digests = new ConcurrentHashMap<>();
    for (URI segment : segments) {
      digests.put(segment, sha256(rest.bytes(segment)));
    }
    start(
        () -> {
          for (Map.Entry<URI, String> segment : digests.entrySet()) {
            if (!sha256(rest.bytes(segment.getKey())).equals(segment.getValue())) {
              throw new IOException(segment.getKey() + " changed");
            }
            fetches.incrementAndGet();
            pause(BETWEEN_FETCHES);
          }
        });
  }

  /// Somebody who uploads one file after the other.
  void upload(int randomBytes) {
    start(
        () -> {
          int number = uploads.get();
          byte[] file = Clips.variant(clip, System.nanoTime(), randomBytes);
          JsonNode video = rest.upload(BodyPublishers.ofByteArray(file), "upload " + number);
          uploaded.put(video.get("id").asText(), sha256(file));
          uploads.incrementAndGet();
          pauseUntilAwaited();
        });
  }

  private static void pause(Duration length) {
    LockSupport.parkNanos(length.toNanos());
  }

  private void pauseUntilAwaited() {
    long begin = System.nanoTime();
    do {
      pause(BETWEEN_AWAITED_UPLOADS);
    } while (!awaited && !over && System.nanoTime() - begin < BETWEEN_UPLOADS.toNanos());
  }

  private interface Act {
    void once() throws IOException;
  }

  private void start(Act act) {
    people.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over) {
                    try {
                      act.once();
                    } catch (IOException e) {
                      if (!over) {
                        failures.add(e.toString());
                      }
                    }
                  }
                }));
  }

  /// Waits until so many uploads and fetches more have been done.
  void proceed(int moreUploads, int moreFetches) throws InterruptedException {
    int uploadGoal = uploads.get() + moreUploads;
    int fetchGoal = fetches.get() + moreFetches;
    awaited = true;
    Eventually.holds(
        "the workload goes on (failures: " + failures + ")",
        () -> !failures.isEmpty() || (uploads.get() >= uploadGoal && fetches.get() >= fetchGoal));
    awaited = false;
  }

  /// Ends the work.
  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread person : people) {
      person.join();
    }
  }

  void assertNothingFailed() {
    assertTrue(failures.isEmpty(), () -> failures.size() + " requests failed: " + failures);
  }

  /// The videos that were acknowledged, with the SHA-256 of their originals.
  Map<String, String> uploaded() {
    return uploaded;
  }

  /// Checks that every acknowledged original is what was sent.
  void assertOriginalsAreWhole(RestClient reader) throws IOException {
    for (Map.Entry<String, String> video : uploaded.entrySet()) {
      byte[] original =
          reader.bytes(reader.resolve("/api/v1/videos/" + video.getKey() + "/original"));
      assertTrue(
          sha256(original).equals(video.getValue()),
          "the original of " + video.getKey() + " changed");
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

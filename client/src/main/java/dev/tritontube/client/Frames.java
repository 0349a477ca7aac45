package dev.tritontube.client;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pictures out of videos, for who may change those. Thread-safe.
public final class Frames {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Requests requests;

  Frames(Requests requests) {
    this.requests = requests;
  }

  private record ListDocument(List<FrameSet> items, @Nullable String nextCursor) {}

  /// Asks for pictures of a video.
  ///
  /// @throws TritonTubeException.Refused 400, 403 `not_owner`, 404, 409 `not_playable_yet`,
  ///   `no_pictures`, `too_many_frames`
  public FrameSet take(String video, FrameWish wish) {
    return requests.ask(Call.post(path(video), wish.fields()).once(), FrameSet.class);
  }

  /// All sets of a video, the newest first.
  public Stream<FrameSet> list(String video) {
    return Page.stream(cursor -> page(video, cursor));
  }

  private Page<FrameSet> page(String video, @Nullable String cursor) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (cursor != null) {
      parameters.put("cursor", cursor);
    }
    ListDocument page =
        requests.ask(Call.get(path(video) + Call.query(parameters)), ListDocument.class);
    return new Page<>(page.items(), page.nextCursor());
  }

  /// @throws TritonTubeException.Refused 404
  public FrameSet one(String video, String id) {
    return requests.ask(Call.get(path(video, id)), FrameSet.class);
  }

  /// Waits until a set is whole, or failed, or the time is over.
  ///
  /// @return as it is then
  public FrameSet await(String video, String id, Duration timeout) {
    return await(video, id, timeout, _ -> {});
  }

  /// @param seen is shown the set each time that it is looked at
  public FrameSet await(String video, String id, Duration timeout, Consumer<FrameSet> seen) {
    Requests.World world = requests.world();
    Instant deadline = world.clock().instant().plus(timeout);
    FrameSet set = one(video, id);
    seen.accept(set);
    while (!set.status().isFinal() && world.clock().instant().isBefore(deadline)) {
      world.pause(BETWEEN_LOOKS);
      set = one(video, id);
      seen.accept(set);
    }
    return set;
  }

  /// Deletes a set, also one that is being made.
  public void delete(String video, String id) {
    requests.send(Call.delete(path(video, id)));
  }

  /// Downloads the archive of a set, as [Videos#download] does an uploaded file. Its SHA-256 is not
  /// known beforehand: what is told is that of what came.
  ///
  /// @throws TritonTubeException.Refused 409 when it is not whole
  public Videos.Original download(
      String video, String id, Path target, Progress progress, CopyOption... options)
      throws IOException {
    String zip = path(video, id) + "/frames.zip";
    Download.Wanted wanted = Download.Wanted.of(requests.send(Call.of("HEAD", zip)));
    return new Download(requests, zip, progress).to(target, List.of(options), wanted);
  }

  private static String path(String video) {
    return Requests.API + "/videos/" + Call.segment(video) + "/frames";
  }

  private static String path(String video, String id) {
    return path(video) + "/" + Call.segment(id);
  }
}

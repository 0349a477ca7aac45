package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;

import dev.tritontube.client.TritonTubeException.Overdue;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finding, watching, changing and downloading videos. Thread-safe.
public final class Videos {
  private static final String VIDEOS = API + "/videos";

  /// As many as the server takes at once.
  private static final int BATCH = 500;

  private static final Duration FIRST_LOOK = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final Requests requests;

  Videos(Requests requests) {
    this.requests = requests;
  }

  private record ListDocument(List<Video> items, @Nullable String nextCursor) {}

  /// Addresses that play by themselves, whatever the video's visibility: see [TritonTube#address].
  /// Whoever has them can use them.
  public record Playback(String token, Instant expiresAt, Links links) {
    /// Paths on the server.
    public record Links(
        String dash, String hls, @Nullable String poster, @Nullable String thumbnails) {}

    @Override
    public String toString() {
      return "Playback[expiresAt=" + expiresAt + "]"; // A token does not belong into logs.
    }
  }

  /// An address of the uploaded file that opens by itself.
  ///
  /// @param url a path on the server
  public record DownloadLink(String url, Instant expiresAt) {}

  /// The uploaded file.
  ///
  /// @param fileName as it was called, without anything that a file system might take for a folder
  /// @param sha256 in hexadecimal digits
  public record Original(String fileName, long sizeBytes, String sha256) {}

  /// A list, whose pages are asked for as they are needed. What is not changed meanwhile comes
  /// exactly once.
  public Stream<Video> list(VideoQuery query) {
    return Page.stream(cursor -> page(cursor == null ? query : query.from(cursor)));
  }

  /// The first page of a list.
  public Page<Video> page(VideoQuery query) {
    ListDocument page =
        requests.ask(Call.get(VIDEOS + Call.query(query.parameters())), ListDocument.class);
    return new Page<>(page.items(), page.nextCursor());
  }

  /// The page of a list that a `nextCursor` of the same list stands for.
  public Page<Video> page(VideoQuery query, String cursor) {
    return page(query.from(cursor));
  }

  /// @throws TritonTubeException.Refused 404
  public Video one(String id) {
    return video(requests.send(Call.get(path(id))));
  }

  /// Also when it is deleted and can be restored.
  ///
  /// @throws TritonTubeException.Refused 404
  public Video oneOrDeleted(String id) {
    return video(requests.send(Call.get(path(id) + "?include=deleted")));
  }

  private static Video video(HttpResponse<byte[]> answer) {
    return Json.read(answer, Video.class)
        .withEtag(answer.headers().firstValue("ETag").orElse(null));
  }

  /// Waits until a video is COMPLETED or FAILED.
  ///
  /// @throws Overdue when it is neither by then
  /// @throws TritonTubeException.Refused 404, also when it is deleted meanwhile
  public Video awaitEnd(String id, Duration timeout) {
    return await(id, timeout, video -> video.status().isFinal());
  }

  /// Waits until a video can be played, or is FAILED.
  ///
  /// @throws Overdue when it is neither by then
  public Video awaitPlayable(String id, Duration timeout) {
    return await(id, timeout, video -> video.playable() || video.status().isFinal());
  }

  /// Looks at a video again and again, after longer and longer pauses.
  ///
  /// @param until is shown the video each time, and says whether that is what is waited for
  /// @throws Overdue when it does not say so in time
  public Video await(String id, Duration timeout, Predicate<Video> until) {
    Requests.World world = requests.world();
    Instant deadline = world.clock().instant().plus(timeout);
    Duration pause = FIRST_LOOK;
    while (true) {
      Video video = one(id);
      if (until.test(video)) {
        return video;
      }
      Duration left = Duration.between(world.clock().instant(), deadline);
      if (!left.isPositive()) {
        throw new Overdue("video %s is %s after %s".formatted(id, video.status(), timeout), video);
      }
      world.pause(pause.compareTo(left) < 0 ? pause : left);
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /// Changes a video, whatever others changed meanwhile.
  ///
  /// @throws TritonTubeException.Refused 400, 403 `not_owner`, 404
  public Video edit(String id, VideoEdit edit) {
    return video(requests.send(Call.of("PATCH", path(id)).json(edit.fields())));
  }

  /// Changes a video unless somebody else changed it since it was asked for.
  ///
  /// @param seen has an [Video#etag]
  /// @throws TritonTubeException.Refused 412 `precondition_failed`
  public Video edit(Video seen, VideoEdit edit) {
    String tag = seen.etag();
    if (tag == null) {
      throw new IllegalArgumentException("video " + seen.id() + " is of a list: ask for it alone");
    }
    Call call = Call.of("PATCH", path(seen.id())).json(edit.fields()).unlessChanged(tag);
    return video(requests.send(call));
  }

  /// Lets a moment of a video stand for it.
  ///
  /// @throws TritonTubeException.Refused 400 when it is beyond the end, 409 `no_pictures`,
  ///   `not_playable_yet`
  public Video poster(String id, Duration moment) {
    Map<String, Double> choice = Map.of("timeSeconds", moment.toMillis() / 1e3);
    return requests.ask(Call.of("PUT", path(id) + "/poster").json(choice), Video.class);
  }

  /// Lets a picture stand for a video.
  ///
  /// @param picture JPEG, PNG or WebP, of at most 8 MiB
  /// @throws TritonTubeException.Refused 413, 415, 422 `bad_picture`
  public Video poster(String id, byte[] picture) {
    Call call =
        Call.of("PUT", path(id) + "/poster")
            .header("Content-Type", "application/octet-stream")
            .body(() -> BodyPublishers.ofByteArray(picture));
    return requests.ask(call, Video.class);
  }

  /// Goes back to the picture that the server chose.
  public Video automaticPoster(String id) {
    return requests.ask(Call.delete(path(id) + "/poster"), Video.class);
  }

  /// Deletes a video; it can be restored for a while.
  public void delete(String id) {
    requests.send(Call.delete(path(id)));
  }

  /// Deletes a video for good, also one that was deleted before.
  public void purge(String id) {
    requests.send(Call.delete(path(id) + "?purge=true"));
  }

  /// Brings back what was deleted.
  public Video restore(String id) {
    return video(requests.send(Call.of("POST", path(id) + "/restore").repeatable()));
  }

  /// Deletes many videos; they can be restored for a while.
  public List<BatchResult> delete(List<String> ids) {
    return batch(ids, Map.of("action", "delete"));
  }

  /// Deletes many videos for good.
  public List<BatchResult> purge(List<String> ids) {
    return batch(ids, Map.of("action", "delete", "purge", true));
  }

  public List<BatchResult> restore(List<String> ids) {
    return batch(ids, Map.of("action", "restore"));
  }

  /// Adds tags to many videos, and takes others from them.
  public List<BatchResult> tag(List<String> ids, List<String> add, List<String> remove) {
    return batch(ids, Map.of("action", "tag", "add", add, "remove", remove));
  }

  public List<BatchResult> show(List<String> ids, Visibility visibility) {
    return batch(ids, Map.of("action", "visibility", "visibility", visibility.word()));
  }

  private record BatchDocument(List<BatchResult> items) {}

  /// Carried out twice it comes to the same.
  private List<BatchResult> batch(List<String> ids, Map<String, ?> action) {
    List<BatchResult> results = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      Map<String, Object> document = new LinkedHashMap<>(action);
      document.put("ids", ids.subList(from, Math.min(ids.size(), from + BATCH)));
      Call call = Call.post(VIDEOS + "/batch", document).repeatable();
      results.addAll(requests.ask(call, BatchDocument.class).items());
    }
    return List.copyOf(results);
  }

  /// Lets players that know of no key play a video.
  public Playback playback(String id) {
    return requests.ask(Call.of("POST", path(id) + "/playback-token").repeatable(), Playback.class);
  }

  /// Lets somebody without a key download the uploaded file.
  public DownloadLink downloadLink(String id) {
    return requests.ask(Call.get(path(id) + "/download-url"), DownloadLink.class);
  }

  /// What the uploaded file is.
  public Original original(String id) {
    return Download.original(requests.send(Call.of("HEAD", originalPath(id))));
  }

  /// Downloads the uploaded file; its SHA-256 is checked. It grows in a file beside the target,
  /// which is there in the end, whole, or not at all. What came before the connection broke, or the
  /// program died, is not asked for again.
  ///
  /// @param options `REPLACE_EXISTING` replaces what is there
  /// @throws java.nio.file.FileAlreadyExistsException without that
  /// @throws IOException when the file cannot be written
  /// @throws TritonTubeException.Corrupt when the bytes were others
  public Original download(String id, Path target, Progress progress, CopyOption... options)
      throws IOException {
    return fetch(originalPath(id), target, progress, options);
  }

  private Original fetch(String path, Path target, Progress progress, CopyOption... options)
      throws IOException {
    Download.Wanted wanted = Download.Wanted.of(requests.send(Call.of("HEAD", path)));
    return new Download(requests, path, progress).to(target, List.of(options), wanted);
  }

  /// What a rendition of a video would be called as a file.
  ///
  /// @param representation the name of one of its renditions, such as `720p`
  /// @throws TritonTubeException.Refused `not_whole` while some of it is still to be made
  public String renditionFileName(String id, String representation) {
    HttpResponse<byte[]> head = requests.send(Call.of("HEAD", renditionPath(id, representation)));
    return Download.Wanted.of(head).fileName();
  }

  /// Downloads a rendition of a video as one MP4 file, as `download` does the uploaded one. Its
  /// SHA-256 is not known beforehand: what is told is that of what came.
  public Original downloadRendition(
      String id, String representation, Path target, Progress progress, CopyOption... options)
      throws IOException {
    return fetch(renditionPath(id, representation), target, progress, options);
  }

  private static String renditionPath(String id, String representation) {
    return path(id) + "/download" + Call.query(Map.of("representation", representation));
  }

  /// Downloads the uploaded file, as above.
  public Original download(String id, Path target) throws IOException {
    return download(id, target, Progress.IGNORED);
  }

  private static String originalPath(String id) {
    return path(id) + "/original";
  }

  private static String path(String id) {
    return VIDEOS + "/" + Call.segment(id);
  }
}

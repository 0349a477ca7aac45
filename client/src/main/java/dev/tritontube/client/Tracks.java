package dev.tritontube.client;

import static dev.tritontube.client.Requests.API;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// What can be heard and read with videos. Thread-safe.
public final class Tracks {
  private final Requests requests;

  Tracks(Requests requests) {
    this.requests = requests;
  }

  private record ListDocument(List<Track> items) {}

  /// What sounds first.
  ///
  /// @throws TritonTubeException.Refused 404
  public List<Track> list(String video) {
    return requests.ask(Call.get(path(video)), ListDocument.class).items();
  }

  /// Adds words over time.
  ///
  /// @param file WebVTT or SubRip
  /// @throws TritonTubeException.Refused 400 `bad_text`, 403 `not_owner`, 404, 409, 413
  public Track add(String video, NewTrack track, byte[] file) {
    Call call = Call.of("POST", path(video) + Call.query(track.parameters())).once();
    return requests.ask(sending(call, file), Track.class);
  }

  /// Gives a track other words.
  public Track replace(String video, String track, byte[] file) {
    Call call = Call.of("PUT", path(video, track) + "/content");
    return requests.ask(sending(call, file), Track.class);
  }

  private static Call sending(Call call, byte[] file) {
    return call.header("Content-Type", "application/octet-stream")
        .body(() -> BodyPublishers.ofByteArray(file));
  }

  /// The words of a track, as WebVTT.
  public String content(String video, String track) {
    return new String(requests.send(Call.get(path(video, track) + "/content")).body(), UTF_8);
  }

  /// Calls a track otherwise.
  ///
  /// @param language a tag of BCP 47
  public Track rename(String video, String track, String label, String language) {
    return edit(video, track, Map.of("label", label, "language", language));
  }

  /// Says whether a track sounds or is shown unless somebody chooses otherwise.
  public Track prefer(String video, String track, boolean preferred) {
    return edit(video, track, Map.of("default", preferred));
  }

  private Track edit(String video, String track, Map<String, ?> fields) {
    Call call = Call.of("PATCH", path(video, track)).json(fields);
    return requests.ask(call, Track.class);
  }

  /// Deletes a track; what sounds stays.
  public void delete(String video, String track) {
    requests.send(Call.delete(path(video, track)));
  }

  private static String path(String video) {
    return API + "/videos/" + Call.segment(video) + "/tracks";
  }

  private static String path(String video, String track) {
    return path(video) + "/" + Call.segment(track);
  }
}

package dev.tritontube.manifests.presentation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A stretch of time in which the tracks do not change.
///
/// Players derive how many segments there are from the period's length as well as from the
/// timeline, and stop in the middle of playing if the two disagree. So every track must cover the
/// period (but for [#TOLERANCE], less than a player waits for) and its last segment must begin
/// before the end.
///
/// @param duration in seconds; where there is video, its frames by its frame rate
/// @param videos those that are [Role#MAIN] are the same pictures in different codecs, what every
///   player decodes first; may be empty for sound only
/// @param audios at most one of them [Role#MAIN]; may be empty
/// @param images null while there are none. They are no track: nobody plays them, and what they do
///   not cover is simply not shown
public record Period(
    String id,
    Rational duration,
    List<VideoTrack> videos,
    List<AudioTrack> audios,
    @Nullable ImageTrack images) {
  /// How much shorter than its period a track may be.
  public static final Rational TOLERANCE = new Rational(1, 10);

  public Period {
    Names.check("period", id);
    videos = List.copyOf(videos);
    audios = List.copyOf(audios);
    List<Track> tracks = Stream.<Track>concat(videos.stream(), audios.stream()).toList();
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("period " + id + " has no track");
    }

    checkOneMain(id, audios);
    Names.checkDistinct("track", tracks.stream().map(Track::id).toList());
    Names.checkDistinct(
        "representation",
        Stream.concat(ids(tracks).stream(), Stream.ofNullable(images).map(ImageTrack::id))
            .toList());
    for (Track track : tracks) {
      checkCovers(track, duration);
    }
  }

  /// Without images.
  public Period(String id, Rational duration, List<VideoTrack> videos, List<AudioTrack> audios) {
    this(id, duration, videos, audios, null);
  }

  /// This period with these images.
  public Period with(ImageTrack newImages) {
    return new Period(id, duration, videos, audios, newImages);
  }

  /// Video first.
  public List<Track> tracks() {
    return Stream.<Track>concat(videos.stream(), audios.stream()).toList();
  }

  /// The track that has the representation of this id.
  public Optional<Track> trackOf(String representation) {
    return tracks().stream()
        .filter(
            track -> track.representations().stream().anyMatch(r -> r.id().equals(representation)))
        .findFirst();
  }

  /// This period with only some representations; tracks that lose all of theirs go.
  ///
  /// @throws IllegalArgumentException if none is left
  public Period keeping(Predicate<Representation> wanted) {
    List<VideoTrack> keptVideos =
        videos.stream()
            .filter(track -> track.representations().stream().anyMatch(wanted))
            .map(
                track ->
                    new VideoTrack(
                        track.id(),
                        track.role(),
                        track.timeline(),
                        track.representations().stream().filter(wanted).toList()))
            .toList();
    List<AudioTrack> keptAudios =
        audios.stream()
            .filter(track -> track.representations().stream().anyMatch(wanted))
            .map(
                track ->
                    new AudioTrack(
                        track.id(),
                        track.role(),
                        track.language(),
                        track.label(),
                        track.timeline(),
                        track.representations().stream().filter(wanted).toList()))
            .toList();
    return new Period(id, duration, keptVideos, keptAudios, images);
  }

  /// This period with other words about its sound.
  Period with(List<AudioTrack> renamed) {
    return new Period(id, duration, videos, renamed, images);
  }

  List<String> representationIds() {
    return ids(tracks());
  }

  private static List<String> ids(List<Track> tracks) {
    return tracks.stream()
        .flatMap(track -> track.representations().stream())
        .map(Representation::id)
        .toList();
  }

  private static void checkOneMain(String id, List<? extends Track> tracks) {
    if (tracks.stream().filter(track -> track.role() == Role.MAIN).count() > 1) {
      throw new IllegalArgumentException("period " + id + " has two main tracks of one kind");
    }
  }

  private static void checkCovers(Track track, Rational duration) {
    Timeline timeline = track.timeline();
    long lastStart = timeline.segment(timeline.firstNumber() + timeline.count() - 1).start();
    if (timeline.seconds(lastStart - timeline.offset()).compareTo(duration) >= 0) {
      throw new IllegalArgumentException(
          "track %s has a segment that begins after the end of its period at %s s"
              .formatted(track.id(), duration));
    }
    if (timeline.duration().plus(TOLERANCE).compareTo(duration) < 0) {
      throw new IllegalArgumentException(
          "track %s has %s s, its period %s s"
              .formatted(track.id(), timeline.duration(), duration));
    }
  }
}

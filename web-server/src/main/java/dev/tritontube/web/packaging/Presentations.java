package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// From a plan to what plays. A representation that is not whole yet has the rates that its encoder
/// may need; one that is, those that it has.
final class Presentations {
  /// AAC-LC (RFC 6381 and ISO/IEC 14496-3).
  private static final String AAC_LC = "mp4a.40.2";

  /// The encoder's cap holds over its buffer of 1.5 s, and segments may exceed it. Measured on
  /// noise all over the picture, the worst there is: by 31 %.
  private static final double PEAK_OVER_CAP = 1.4;

  private final EncodingPlan plan;
  private final Set<String> shown;

  /// By representation, the length in bytes of each segment; init segments left out.
  private final Map<String, Map<Long, Long>> lengths = new HashMap<>();

  private Presentations(EncodingPlan plan, List<SegmentStore.Segment> segments, Set<String> shown) {
    this.plan = plan;
    this.shown = shown;
    for (SegmentStore.Segment segment : segments) {
      if (segment.number() != SegmentSink.INIT) {
        lengths
            .computeIfAbsent(segment.representation(), _ -> new HashMap<>())
            .put(segment.number(), segment.length());
      }
    }
  }

  /// @param shown the representations that can be chosen, stored or still to be made; the source's
  ///   own pictures always can
  static Presentation of(
      EncodingPlan plan, List<SegmentStore.Segment> segments, Set<String> shown) {
    return new Presentations(plan, segments, shown).build();
  }

  /// Before anything is stored.
  static Presentation predicted(EncodingPlan plan, Set<String> shown) {
    return of(plan, List.of(), shown);
  }

  private Presentation build() {
    List<VideoTrack> videos = new ArrayList<>();
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      List<VideoRepresentation> sizes =
          Stream.concat(
                  video.rungs().stream()
                      .filter(rung -> shown.contains(rung.id()))
                      .map(rung -> size(video, rung)),
                  plan.copied().stream().map(copy -> source(video, copy)))
              .toList();
      videos.add(new VideoTrack("video", Role.MAIN, video.timeline(), sizes));
      others(video).forEach(videos::add);
    }
    List<AudioTrack> audios = new ArrayList<>();
    for (EncodingPlan.Audio audio : plan.audios()) {
      if (shown.contains(audio.id())) {
        audios.add(sound(audio, audios.isEmpty() ? Role.MAIN : Role.ALTERNATE));
      }
    }
    Presentation presentation = Presentation.of(plan.length(), videos, audios);
    return images().map(presentation::with).orElse(presentation);
  }

  /// Once all sheets are there: nobody waits for one.
  private Optional<ImageTrack> images() {
    Map<Long, Long> sheets = lengths.getOrDefault(ThumbnailGrid.ID, Map.of());
    return ThumbnailGrid.of(plan)
        .filter(grid -> grid.sheets() == sheets.size())
        .map(grid -> grid.track(sheets.values()));
  }

  /// The same pictures in other codecs, a track each.
  private List<VideoTrack> others(EncodingPlan.Video video) {
    List<VideoTrack> tracks = new ArrayList<>();
    for (Codec codec : Codec.values()) {
      List<VideoRepresentation> sizes =
          video.others().stream()
              .filter(rung -> rung.codec() == codec && shown.contains(rung.id()))
              .map(rung -> size(video, rung))
              .toList();
      if (!sizes.isEmpty()) {
        tracks.add(new VideoTrack("video-" + codec.word(), Role.MAIN, video.timeline(), sizes));
      }
    }
    return tracks;
  }

  private VideoRepresentation size(EncodingPlan.Video video, Rung rung) {
    return new VideoRepresentation(
        rung.id(),
        rung.codecs(),
        bandwidth(rung.id(), video.timeline(), reckoned(rung)),
        rung.width(),
        rung.height(),
        video.rate());
  }

  private static VideoRepresentation source(EncodingPlan.Video video, EncodingPlan.Copy copy) {
    return new VideoRepresentation(
        EncodingPlan.Copy.ID,
        copy.codecs(),
        copy.bandwidth(),
        copy.width(),
        copy.height(),
        video.rate());
  }

  private AudioTrack sound(EncodingPlan.Audio audio, Role role) {
    Timeline timeline = plan.audioTimeline();
    EncodingPlan.SoundCopy copy = audio.copy();
    AudioRepresentation representation =
        new AudioRepresentation(
            audio.id(),
            AAC_LC,
            copy == null ? bandwidth(audio.id(), timeline, reckoned(plan)) : copy.bandwidth(),
            EncodingPlan.AUDIO_RATE,
            copy == null ? EncodingPlan.AUDIO_CHANNELS : copy.channels());
    return new AudioTrack(
        "sound-" + audio.id(),
        role,
        audio.language(),
        audio.label().isEmpty() ? Languages.label(audio.language()) : audio.label(),
        timeline,
        List.of(representation));
  }

  private boolean complete(String representation) {
    return lengths.getOrDefault(representation, Map.of()).size()
        == plan.timeline(representation).count();
  }

  /// White noise takes 5 % more than the encoder is told, what is around the frames included.
  private static Bandwidth reckoned(EncodingPlan plan) {
    return new Bandwidth(plan.soundBitsPerSecond() * 9L / 8, plan.soundBitsPerSecond());
  }

  /// What may be needed of a size that is not made yet.
  private static Bandwidth reckoned(Rung rung) {
    long cap = rung.capBitsPerSecond();
    return new Bandwidth(Math.round(cap * PEAK_OVER_CAP), cap);
  }

  private Bandwidth bandwidth(String representation, Timeline timeline, Bandwidth planned) {
    if (!complete(representation)) {
      return planned;
    }
    Map<Long, Long> bytes = lengths.getOrDefault(representation, Map.of());
    return Bandwidth.of(timeline, segment -> Objects.requireNonNull(bytes.get(segment.number())));
  }
}

package dev.tritontube.conformance;

import dev.tritontube.dash.DashManifest;
import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Announced;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.manifests.mp4.Format;
import dev.tritontube.manifests.presentation.Rational;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds an MPD against itself and against the files that it names.
final class DashChecks {
  /// How much shorter than the presentation a track may be, in seconds: less than the shortest
  /// frame.
  private static final double TOLERANCE = 0.001;

  private static final int AAC_FRAME = 1024;

  private final Findings findings;
  private final DashManifest manifest;

  DashChecks(Findings findings, DashManifest manifest) {
    this.findings = findings;
    this.manifest = manifest;
  }

  void check(Media media) throws IOException {
    for (AdaptationSet set : manifest.sets()) {
      timeline(set);
      List<MediaTrack> tracks = new ArrayList<>();
      for (Representation representation : set.representations()) {
        Optional<MediaTrack> track = media.track(representation.init(), representation.media());
        if (track.isPresent()) {
          new RepresentationChecks(set, representation, track.get()).check();
          tracks.add(track.get());
        }
      }
      aligned(set, tracks);
    }
  }

  private void timeline(AdaptationSet set) {
    String where = "manifest.mpd, " + set.name();
    double length = set.seconds(set.ticks());
    findings.expect(
        Math.abs(length - manifest.length()) <= TOLERANCE,
        Rule.MPD_DURATION,
        where,
        manifest.length() + " s",
        length + " s");
    findings.expectEqual(List.of(), set.gaps(), Rule.MPD_TIMELINE, where);
    findings.expectEqual(
        set.offset(), set.announced().getFirst().start(), Rule.MPD_TIMELINE, where + ", beginning");
    double longest =
        set.announced().stream().mapToDouble(s -> set.seconds(s.duration())).max().orElseThrow();
    findings.expect(
        longest <= manifest.longestSegment(),
        Rule.MPD_LONGEST,
        where,
        "at most " + manifest.longestSegment() + " s",
        longest + " s");
    findings.expect(
        set.startWithSap() == 1 || set.startWithSap() == 2,
        Rule.SEGMENT_SAP,
        where,
        "startWithSAP of 1 or 2",
        set.startWithSap());
  }

  private void aligned(AdaptationSet set, List<MediaTrack> tracks) {
    for (MediaTrack track : tracks) {
      List<Long> expected = starts(tracks.getFirst());
      findings.expectEqual(
          expected, starts(track), Rule.MPD_ALIGNMENT, "manifest.mpd, " + set.name());
    }
  }

  private static List<Long> starts(MediaTrack track) {
    return track.segments().stream().map(MediaTrack.Segment::start).toList();
  }

  /// One representation.
  private final class RepresentationChecks {
    private final AdaptationSet set;
    private final Representation representation;
    private final MediaTrack track;
    private final String where;

    RepresentationChecks(AdaptationSet set, Representation representation, MediaTrack track) {
      this.set = set;
      this.representation = representation;
      this.track = track;
      this.where = "manifest.mpd, Representation " + representation.id();
    }

    void check() {
      findings.expectEqual(set.timescale(), track.header().timescale(), Rule.INIT_TIME, where);
      times();
      format();
      samples();
      bandwidth();
    }

    private void times() {
      for (int i = 0; i < set.announced().size(); i++) {
        Announced announced = set.announced().get(i);
        MediaTrack.Segment segment = track.segments().get(i);
        String file = Where.of(segment.address());
        findings.expectEqual(announced.start(), segment.start(), Rule.SEGMENT_TIME, file);
        findings.expectEqual(announced.duration(), segment.duration(), Rule.SEGMENT_DURATION, file);
      }
    }

    private void format() {
      Format format = track.header().format();
      findings.expectEqual(format.codecs(), representation.codecs(), Rule.MPD_CODECS, where);
      switch (format) {
        case Format.Video video ->
            findings.expectEqual(
                video.width() + "x" + video.height(),
                representation.width() + "x" + representation.height(),
                Rule.MPD_PICTURES,
                where);
        case Format.Audio audio -> {
          findings.expectEqual(
              Rational.of(audio.sampleRate()), rate(), Rule.MPD_SOUND, where + ", rate");
          findings.expectEqual(
              Integer.toString(audio.channels()),
              representation.channels(),
              Rule.MPD_SOUND,
              where + ", channels");
        }
        case Format.Other other ->
            findings.fail(Rule.MPD_CODECS, where, "pictures or sound", other.codecs());
      }
    }

    private Rational rate() {
      Rational rate = representation.rate();
      return rate == null ? Rational.ZERO : rate;
    }

    /// Frames of pictures all last equally long; of sound the last may be cut.
    private void samples() {
      double expected = track.seconds(track.ticks()) * rate().approximately();
      double needed = set.pictures() ? expected : Math.ceil(expected / AAC_FRAME - 1e-6);
      findings.expect(
          Math.abs(needed - track.samples()) < 1e-3,
          Rule.FRAME_COUNT,
          where,
          needed + " samples",
          track.samples());
    }

    private void bandwidth() {
      long needed = Rates.neededBandwidth(track, manifest.buffer());
      findings.expect(
          representation.bandwidth() >= needed,
          Rule.MPD_BANDWIDTH,
          where,
          "at least " + needed,
          representation.bandwidth());
    }
  }
}

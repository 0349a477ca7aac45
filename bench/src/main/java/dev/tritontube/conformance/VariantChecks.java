package dev.tritontube.conformance;

import dev.tritontube.conformance.HlsChecks.Rendition;
import dev.tritontube.conformance.HlsChecks.Variant;
import dev.tritontube.conformance.MediaPlaylistChecks.Listed;
import dev.tritontube.hls.Playlist.Tag;
import dev.tritontube.manifests.mp4.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at the variants of a multivariant playlist: what they promise and what their media are.
final class VariantChecks {
  private static final double TENTH = 0.1;
  private static final double HIGHEST_RATE = 60;

  /// `FRAME-RATE` has three digits.
  private static final double RATE_ERROR = 0.001;

  /// What is that small is offered in one size.
  private static final int SMALL = 240;

  /// Sizes are rounded to even numbers.
  private static final int ROUNDING = 2;

  /// Baseline, Main, High; level 5.2.
  private static final Set<Integer> PROFILES = Set.of(0x42, 0x4D, 0x64);

  private static final int HIGHEST_LEVEL = 52;

  private final Findings findings;
  private final String master;
  private final Map<String, List<Rendition>> groups;
  private final boolean whole;

  VariantChecks(
      Findings findings, String master, Map<String, List<Rendition>> groups, boolean whole) {
    this.findings = findings;
    this.master = master;
    this.groups = groups;
    this.whole = whole;
  }

  void check(List<Variant> variants) {
    findings.expect(!variants.isEmpty(), Rule.HLS_SYNTAX, master, "a variant", "none");
    List<Format.Video> pictures = new ArrayList<>();
    for (Variant variant : variants) {
      Listed listed = variant.listed();
      if (listed != null && listed.track().isPresent()) {
        MediaTrack track = listed.track().get();
        check(variant.tag(), track, listed.target(), master + ", " + listed.name());
        if (track.header().format() instanceof Format.Video video) {
          pictures.add(video);
        }
      }
    }
    sizes(pictures);
  }

  private void check(Tag tag, MediaTrack track, double target, String where) {
    List<MediaTrack> sounds = sounds(tag, track, where);
    List<Format> formats =
        Stream.concat(Stream.of(track), sounds.stream()).map(t -> t.header().format()).toList();
    findings.expectEqual(
        new TreeSet<>(formats.stream().map(Format::codecs).toList()),
        new TreeSet<>(Arrays.asList(tag.attribute("CODECS").split(","))),
        Rule.HLS_CODECS,
        where);
    for (Format format : formats) {
      switch (format) {
        case Format.Video video -> pictures(tag, track, video, where);
        case Format.Audio audio -> sound(audio, where);
        case Format.Other other ->
            findings.fail(Rule.HLS_PROFILE, where, "pictures or sound", other.codecs());
      }
    }
    rates(tag, track, sounds, target, where);
  }

  private List<MediaTrack> sounds(Tag tag, MediaTrack track, String where) {
    String group = tag.attribute("AUDIO");
    boolean alone = group.isEmpty() && groups("AUDIO").isEmpty();
    findings.expect(
        alone || groups("AUDIO").contains(group), Rule.HLS_GROUPS, where, groups.keySet(), group);
    String words = tag.attribute("SUBTITLES");
    findings.expect(
        (words.isEmpty() && groups("SUBTITLES").isEmpty()) || groups("SUBTITLES").contains(words),
        Rule.HLS_GROUPS,
        where,
        groups.keySet(),
        words);
    if (!track.pictures()) {
      return List.of();
    }
    return groups.getOrDefault(group, List.of()).stream()
        .map(Rendition::listed)
        .flatMap(listed -> Optional.ofNullable(listed).stream())
        .flatMap(listed -> listed.track().stream())
        .toList();
  }

  /// Names of the groups of a type.
  private Set<String> groups(String type) {
    return groups.entrySet().stream()
        .filter(
            group ->
                group.getValue().stream()
                    .anyMatch(each -> each.tag().attribute("TYPE").equals(type)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void pictures(Tag tag, MediaTrack track, Format.Video video, String where) {
    findings.expectEqual(
        video.width() + "x" + video.height(),
        tag.attribute("RESOLUTION"),
        Rule.HLS_RESOLUTION,
        where);
    double rate = track.samples() / track.seconds(track.ticks());
    double said = Playlists.number(tag.attribute("FRAME-RATE"));
    findings.expect(
        Math.abs(rate - said) <= RATE_ERROR && rate <= HIGHEST_RATE + RATE_ERROR,
        Rule.HLS_FRAME_RATE,
        where,
        rate,
        said);
    findings.expect(
        isPlayed(video.codecs()),
        Rule.HLS_PROFILE,
        where,
        "avc1, High 5.2 at most, or hvc1 or av01 of 8 bits",
        video.codecs());
  }

  private static boolean isPlayed(String codecs) {
    if (codecs.startsWith("avc1.")) {
      return codecs.matches("avc1\\.[0-9A-F]{6}")
          && PROFILES.contains(Integer.parseInt(codecs.substring(5, 7), 16))
          && Integer.parseInt(codecs.substring(9), 16) <= HIGHEST_LEVEL;
    }
    return codecs.matches(
        "hvc1\\.1\\.6\\.L\\d{2,3}(\\.[0-9A-F]{1,2}){1,6}|av01\\.0\\.\\d\\dM\\.08");
  }

  private void sound(Format.Audio audio, String where) {
    boolean stereo = audio.codecs().startsWith("mp4a.40.") && audio.channels() <= 2;
    findings.expect(stereo, Rule.HLS_STEREO, where, "AAC, 2 channels at most", audio);
  }

  /// A player loads the variant and at most one rendition of its group.
  private void rates(
      Tag tag, MediaTrack track, List<MediaTrack> sounds, double target, String where) {
    double peak =
        Rates.peak(track, target)
            + sounds.stream().mapToDouble(sound -> Rates.peak(sound, target)).max().orElse(0);
    double average =
        Rates.average(track) + sounds.stream().mapToDouble(Rates::average).max().orElse(0);
    rate(Rule.HLS_PEAK, where, peak, Playlists.number(tag.attribute("BANDWIDTH")));
    rate(Rule.HLS_AVERAGE, where, average, Playlists.number(tag.attribute("AVERAGE-BANDWIDTH")));
  }

  private void rate(Rule rule, String where, double measured, double said) {
    findings.expect(said > 0, rule, where, "bits a second", "none");
    if (whole) {
      findings.expect(
          Math.abs(measured - said) <= TENTH * said,
          rule,
          where,
          "%.0f, within a tenth".formatted(measured),
          "%.0f".formatted(said));
    }
  }

  private void sizes(List<Format.Video> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    Format.Video largest = pictures.getFirst();
    for (Format.Video video : pictures) {
      largest = video.width() > largest.width() ? video : largest;
    }
    boolean small = Math.min(largest.width(), largest.height()) <= SMALL;
    findings.expect(
        small || !whole || pictures.size() > 1,
        Rule.HLS_VARIANTS,
        master,
        "several",
        pictures.size());
    for (Format.Video video : pictures) {
      double width = (double) video.height() * largest.width() / largest.height();
      findings.expect(
          Math.abs(width - video.width()) <= ROUNDING * (1 + width / video.height()),
          Rule.HLS_ASPECT,
          master,
          "a width of about %.0f for %d lines".formatted(width, video.height()),
          video.width());
    }
  }
}

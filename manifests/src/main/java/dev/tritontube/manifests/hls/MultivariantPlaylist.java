package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.TextTrack;
import dev.tritontube.manifests.presentation.TextTrack.Purpose;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The choice of variants (RFC 8216, 4.3.4): pictures in ascending quality, each with the audio
/// group of corresponding quality; a group holds one rendition for each audio track.
final class MultivariantPlaylist {
  private static final String HEADER =
      """
      #EXTM3U
      #EXT-X-VERSION:7
      #EXT-X-INDEPENDENT-SEGMENTS
      """;

  /// The group of what can be read.
  private static final String TEXT = "text";

  /// What captions tell: everything that is heard (RFC 8216, 4.3.4.1).
  private static final String CAPTIONS =
      "public.accessibility.transcribes-spoken-dialog,"
          + "public.accessibility.describes-music-and-sound";

  private final List<VideoTrack> pictures;

  /// All sizes in all codecs, the better the later: where players know several codecs, the later
  /// one of a size is the better, since it needs less.
  private final List<VideoRepresentation> ranked;

  private final List<AudioTrack> audios;
  private final List<TextTrack> texts;
  private final @Nullable ImageTrack images;
  private final int groups;
  private final MediaUrls urls;
  private final StringBuilder text = new StringBuilder(HEADER);

  MultivariantPlaylist(Period period, List<TextTrack> texts, MediaUrls urls) {
    this.pictures = period.videos().stream().filter(track -> track.role() == Role.MAIN).toList();
    this.ranked =
        pictures.stream()
            .flatMap(track -> track.representations().stream())
            .sorted(Comparator.comparingLong(size -> (long) size.width() * size.height()))
            .toList();
    this.audios = mainFirst(period.audios().stream()).toList();
    this.images = period.images();
    this.groups = audios.stream().mapToInt(track -> track.representations().size()).max().orElse(0);
    // HLS knows no words that are to be spoken.
    this.texts = texts.stream().filter(track -> track.purpose() != Purpose.DESCRIPTIONS).toList();
    this.urls = urls;
  }

  String render() {
    if (!pictures.isEmpty() || audios.size() > 1) {
      IntStream.range(0, groups).forEach(this::group);
    }
    texts();
    if (pictures.isEmpty()) {
      IntStream.range(0, groups).forEach(this::soundVariant);
    }
    for (VideoTrack track : pictures) {
      variants(track.representations());
    }
    if (images != null) {
      text.append(ImagePlaylist.line(images, urls));
    }
    return text.toString();
  }

  private void variants(List<VideoRepresentation> sizes) {
    int variants = Math.max(sizes.size(), groups);
    for (int variant = 0; variant < variants; variant++) {
      pictureVariant(sizes.get(sizes.size() * variant / variants), groups * variant / variants);
    }
  }

  private void group(int group) {
    Set<String> names = new HashSet<>();
    for (AudioTrack track : audios) {
      AudioRepresentation quality = quality(track, group);
      text.append(
          new Attributes("EXT-X-MEDIA")
              .bare("TYPE", "AUDIO")
              .quoted("GROUP-ID", groupId(group))
              .quoted("NAME", distinct(name(track), names))
              .quoted("LANGUAGE", track.language())
              .bare("DEFAULT", track.equals(audios.getFirst()) ? "YES" : "NO")
              .bare("AUTOSELECT", "YES")
              .quoted("CHANNELS", Integer.toString(quality.channels()))
              .quoted("URI", urls.playlist(quality.id()))
              .line());
    }
  }

  private void texts() {
    Set<String> names = new HashSet<>();
    for (TextTrack track : texts) {
      Attributes rendition =
          new Attributes("EXT-X-MEDIA")
              .bare("TYPE", "SUBTITLES")
              .quoted("GROUP-ID", TEXT)
              .quoted("NAME", distinct(track.label(), names))
              .quoted("LANGUAGE", track.language())
              .bare("DEFAULT", track.preferred() ? "YES" : "NO")
              .bare("AUTOSELECT", "YES")
              .bare("FORCED", track.forced() ? "YES" : "NO");
      if (track.purpose() == Purpose.CAPTIONS) {
        rendition.quoted("CHARACTERISTICS", CAPTIONS);
      }
      text.append(rendition.quoted("URI", urls.textPlaylist(track.id())).line());
    }
  }

  private Attributes withTexts(Attributes variant) {
    return texts.isEmpty() ? variant : variant.quoted("SUBTITLES", TEXT);
  }

  private void pictureVariant(VideoRepresentation picture, int group) {
    List<AudioRepresentation> sounds = qualities(group);
    Attributes variant =
        variant(picture.bandwidth(), Stream.concat(Stream.of(picture), sounds.stream()), sounds)
            .bare("RESOLUTION", picture.width() + "x" + picture.height())
            .bare("FRAME-RATE", picture.frameRate().decimal(3, RoundingMode.HALF_UP));
    if (!sounds.isEmpty()) {
      variant.quoted("AUDIO", groupId(group));
    }
    if (pictures.size() > 1) {
      variant.bare("SCORE", 1 + ranked.indexOf(picture));
    }
    text.append(withTexts(variant).bare("CLOSED-CAPTIONS", "NONE").line())
        .append(urls.playlist(picture.id()))
        .append('\n');
  }

  /// Without pictures the first audio track's playlist is the variant itself.
  private void soundVariant(int group) {
    List<AudioRepresentation> sounds = qualities(group);
    Attributes variant = variant(largest(sounds), sounds.stream().map(sound -> sound), List.of());
    if (audios.size() > 1) {
      variant.quoted("AUDIO", groupId(group));
    }
    text.append(withTexts(variant).line())
        .append(urls.playlist(sounds.getFirst().id()))
        .append('\n');
  }

  /// A player loads `base` and at most one of `beside`.
  private static Attributes variant(
      Bandwidth base, Stream<Representation> all, List<AudioRepresentation> beside) {
    long peak = base.peak();
    long average = base.average();
    if (!beside.isEmpty()) {
      peak += largest(beside).peak();
      average += largest(beside).average();
    }
    String codecs = all.map(Representation::codecs).distinct().collect(Collectors.joining(","));
    return new Attributes("EXT-X-STREAM-INF")
        .bare("BANDWIDTH", peak)
        .bare("AVERAGE-BANDWIDTH", average)
        .quoted("CODECS", codecs);
  }

  private List<AudioRepresentation> qualities(int group) {
    return audios.stream().map(track -> quality(track, group)).toList();
  }

  private static AudioRepresentation quality(AudioTrack track, int group) {
    List<AudioRepresentation> qualities = track.representations();
    return qualities.get(Math.min(group, qualities.size() - 1));
  }

  private static Bandwidth largest(List<AudioRepresentation> sounds) {
    return sounds.stream()
        .map(AudioRepresentation::bandwidth)
        .max(Comparator.comparingLong(Bandwidth::peak))
        .orElseThrow();
  }

  private static String groupId(int group) {
    return "audio-" + group;
  }

  private static String name(AudioTrack track) {
    if (!track.label().isBlank()) {
      return track.label();
    }
    if (track.language().equals(AudioTrack.UNDETERMINED)) {
      return "Audio";
    }
    return Locale.forLanguageTag(track.language()).getDisplayLanguage(Locale.ENGLISH);
  }

  /// Names in a group must differ.
  private static String distinct(String name, Set<String> names) {
    String candidate = name;
    for (int copy = 2; !names.add(candidate); copy++) {
      candidate = name + " (" + copy + ")";
    }
    return candidate;
  }

  private static <T extends Track> Stream<T> mainFirst(Stream<T> tracks) {
    return tracks.sorted(Comparator.comparing(track -> track.role() == Role.MAIN ? 0 : 1));
  }
}

package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out whether a movie is such as most cameras, phones and encoders write: one of which no
/// reader knows more than its tables tell. Every box in it has to be one that is known; whatever
/// else is there makes it none.
final class PlainTracks {
  private static final Set<String> MOVIE = Set.of("mvhd", "trak", "udta", "iods", "free", "skip");
  private static final Set<String> TRACK = Set.of("tkhd", "edts", "mdia", "free", "skip");
  private static final Set<String> MEDIA = Set.of("mdhd", "hdlr", "minf", "free", "skip");
  private static final Set<String> INFORMATION = Set.of("vmhd", "smhd", "dinf", "stbl", "hdlr");
  private static final Set<String> TABLES =
      Set.of("stsd", "stts", "ctts", "stsc", "stsz", "stco", "co64", "stss", "sgpd", "sbgp");
  private static final Set<String> PICTURES = Set.of("avcC", "btrt", "pasp", "colr");
  private static final Set<String> SOUND = Set.of("esds", "btrt");
  private static final Set<String> ON_SCREEN = Set.of("nclx", "nclc");

  /// What may be there more than once without a doubt about which counts.
  private static final Set<String> SEVERAL = Set.of("trak", "free", "skip", "sgpd", "sbgp");

  /// In what is said of the whole movie: a picture, and a list of chapters.
  private static final List<String> NOT_ONLY_WORDS = List.of("covr", "chpl");

  /// They are copied to be searched; usual ones have some hundred.
  private static final int MOST_WORDS_BYTES = 64 << 10;

  private static final int ENABLED = 1;
  private static final int SELF_CONTAINED = 1;

  /// Of a sample entry, before the boxes in it (ISO/IEC 14496-12, 12.1.3 and 12.2.3).
  private static final int PICTURES_BYTES = 78;

  private static final int SOUND_BYTES = 28;
  private static final int FIRST_PARAMETERS = 6;

  /// Below are the languages of QuickTime.
  private static final int FIRST_PACKED = 0x400;

  private static final int UNSPECIFIED_LANGUAGE = 0x7fff;

  private PlainTracks() {}

  /// Empty when something about the movie is not plain, or wrong.
  ///
  /// @param moov what is in it
  /// @param tracks in the order of the file
  static Optional<List<PlainTrack>> of(List<Box> moov, List<MovieTrack> tracks) {
    try {
      return all(moov, tracks);
    } catch (MalformedMp4Exception e) {
      return Optional.empty(); // Whoever needs what is wrong is told when asking for it.
    }
  }

  private static Optional<List<PlainTrack>> all(List<Box> moov, List<MovieTrack> tracks)
      throws MalformedMp4Exception {
    if (!only(MOVIE, moov) || Box.first(moov, "udta").filter(PlainTracks::tellsMore).isPresent()) {
      return Optional.empty();
    }
    List<PlainTrack> plain = new ArrayList<>();
    for (MovieTrack track : tracks) {
      Optional<PlainTrack> found = of(track);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      plain.add(found.get());
    }
    return Optional.of(plain);
  }

  /// Long ones are not searched.
  private static boolean tellsMore(Box words) {
    if (words.content().limit() > MOST_WORDS_BYTES) {
      return true;
    }
    byte[] bytes = new byte[words.content().limit()];
    words.content().get(0, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return NOT_ONLY_WORDS.stream().anyMatch(text::contains);
  }

  private static boolean only(Set<String> known, List<Box> boxes) {
    Set<String> seen = new HashSet<>();
    return boxes.stream()
        .map(Box::type)
        .allMatch(type -> known.contains(type) && (seen.add(type) || SEVERAL.contains(type)));
  }

  private static Optional<PlainTrack> of(MovieTrack track) throws MalformedMp4Exception {
    Box media = track.box().child("mdia");
    Box information = media.child("minf");
    boolean known =
        only(TRACK, track.box().children())
            && only(MEDIA, media.children())
            && only(INFORMATION, information.children())
            && only(TABLES, information.child("stbl").children())
            && selfContained(information);
    Optional<PlainTrack.Words> words =
        known ? words(track.box().child("tkhd"), media.child("mdhd")) : Optional.empty();
    return words.isEmpty() ? Optional.empty() : described(track, words.get());
  }

  private static Optional<PlainTrack> described(MovieTrack track, PlainTrack.Words words)
      throws MalformedMp4Exception {
    TrackHeader header = track.header();
    return switch (header.format()) {
      case Format.Video pictures when header.handler().equals("vide") && track.upright() ->
          parameters(track.description())
              .filter(found -> found.width() == pictures.width())
              .filter(found -> found.height() == pictures.height())
              .map(found -> new PlainTrack.Pictures(track, words, found));
      case Format.Audio sound
          when header.handler().equals("soun")
              && entries(track.description()).size() == 1
              && sound.codecs().equals(AacTrack.LOW_COMPLEXITY)
              && sound.channels() >= 1
              && sound.channels() <= AacTrack.MOST_CHANNELS
              && only(SOUND, boxes(track.description(), SOUND_BYTES)) ->
          Optional.of(new PlainTrack.Sound(track, words, sound.channels()));
      default -> Optional.empty();
    };
  }

  /// ISO/IEC 14496-12, 8.7.2.
  private static boolean selfContained(Box information) throws MalformedMp4Exception {
    Box references = information.child("dinf").child("dref");
    List<Box> entries = entries(references);
    return entries.size() == 1
        && entries.getFirst().type().equals("url ")
        && entries.getFirst().fields().i32() == SELF_CONTAINED;
  }

  private static Optional<PlainTrack.Words> words(Box trackHeader, Box mediaHeader)
      throws MalformedMp4Exception {
    boolean enabled = (trackHeader.fields().i32() & ENABLED) != 0;
    Fields fields = mediaHeader.fields();
    int language = fields.skip(fields.u8() == 1 ? 31 : 19).u16();
    return language < FIRST_PACKED || language == UNSPECIFIED_LANGUAGE
        ? Optional.empty()
        : Optional.of(new PlainTrack.Words(enabled, unpacked(language)));
  }

  /// Three letters of five bits each.
  private static String unpacked(int language) {
    StringBuilder letters = new StringBuilder();
    for (int shift = 10; shift >= 0; shift -= 5) {
      letters.append((char) ('a' - 1 + (language >> shift & 0x1f)));
    }
    return letters.toString();
  }

  private static Optional<SequenceParameters> parameters(Box description)
      throws MalformedMp4Exception {
    Optional<AvcEntry> entry = AvcEntry.parse(description);
    boolean usual =
        entry.isPresent()
            && entry.get().playsEverywhere()
            && entry.get().squarePixels()
            && only(PICTURES, boxes(description, PICTURES_BYTES));
    if (!usual) {
      return Optional.empty();
    }
    Optional<ByteBuffer> unit = unit(entry.get().configuration());
    Optional<SequenceParameters> parameters =
        unit.isPresent() ? SequenceParameters.parse(unit.get()) : Optional.empty();
    return parameters.isPresent() && agrees(parameters.get(), boxes(description, PICTURES_BYTES))
        ? parameters
        : Optional.empty();
  }

  /// In the first sample entry.
  private static List<Box> boxes(Box description, int fixedBytes) throws MalformedMp4Exception {
    return Box.list(entries(description).getFirst().fields().skip(fixedBytes).rest());
  }

  private static List<Box> entries(Box described) throws MalformedMp4Exception {
    return Box.list(described.fields().skip(8).rest());
  }

  /// The only parameter set, if there is one only (ISO/IEC 14496-15, 5.3.3.1).
  private static Optional<ByteBuffer> unit(ByteBuffer configuration) throws MalformedMp4Exception {
    Fields fields = new Fields("avcC", configuration).skip(FIRST_PARAMETERS - 1);
    return (fields.u8() & 0x1f) == 1
        ? Optional.of(counted(fields, fields.u16()))
        : Optional.empty();
  }

  private static ByteBuffer counted(Fields fields, int bytes) throws MalformedMp4Exception {
    return fields.rest(bytes).slice(0, bytes);
  }

  /// Whether the colours beside the parameter set are the same as those in it.
  private static boolean agrees(SequenceParameters parameters, List<Box> boxes)
      throws MalformedMp4Exception {
    Optional<Box> colours = Box.first(boxes, "colr");
    if (colours.isEmpty()) {
      return true;
    }
    Fields fields = colours.get().fields();
    return ON_SCREEN.contains(fields.fourCharacters())
        && fields.skip(2).u16() == parameters.transfer()
        && fields.u16() == parameters.matrix();
  }
}

package dev.tritontube.web.packaging;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// How well a video is encoded, in which sizes, and in what. All that depends on it is part of a
/// plan, so that another profile of the same name does not change what is being encoded.
///
/// @param name in the catalog and in the API
/// @param description for people; may be empty
/// @param sizes on the short side in pixels, ascending; none is made that is larger than the source
/// @param fullHdBitsPerSecond the bound on the bit rate of 1920 x 1080 at up to 30 frames, from
///   which those of other sizes follow
/// @param codecs how each is encoded that is asked for; H.264 always is
/// @param soundBitsPerSecond of AAC
/// @param copies whether pictures and sound that can be played as they are stand for the largest
///   size
/// @param byContent whether what is easy to encode gets fewer sizes and lower rates
/// @param forUploads whether whoever uploads may choose it, and not administrators alone
record Profile(
    String name,
    String description,
    List<Integer> sizes,
    long fullHdBitsPerSecond,
    Map<Codec, Tuning> codecs,
    int soundBitsPerSecond,
    boolean copies,
    boolean byContent,
    boolean forUploads) {
  /// As long as what the catalog names by it has room for: `Profiles.making`.
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,29}");

  private static final int MAX_DESCRIPTION = 200;
  private static final int MIN_SIDE = 16;
  private static final int MAX_SIDE = 4320;
  private static final long MIN_BITS = 100_000;
  private static final long MAX_BITS = 200_000_000;
  private static final int MIN_SOUND_BITS = 32_000;
  private static final int MAX_SOUND_BITS = 320_000;

  /// @throws IllegalArgumentException says what cannot be, beginning with the field
  Profile {
    check(NAME.matcher(name).matches(), "a name is 1 to 30 of a-z, 0-9 and '-'");
    check(description.length() <= MAX_DESCRIPTION, "'description' has up to 200 characters");
    sizes = sizes.stream().sorted().distinct().toList();
    boolean sized = sizes.stream().allMatch(side -> side >= MIN_SIDE && side <= MAX_SIDE);
    check(sized && !sizes.isEmpty(), "'sizes' are 16 to 4320 pixels, at least one");
    check(
        fullHdBitsPerSecond >= MIN_BITS && fullHdBitsPerSecond <= MAX_BITS,
        "'fullHdBitsPerSecond' is 100000 to 200000000");
    check(codecs.containsKey(Codec.H264), "'codecs' lack h264, which every player decodes");
    codecs = Collections.unmodifiableMap(new EnumMap<>(codecs));
    codecs.forEach(Profile::check);
    check(
        soundBitsPerSecond >= MIN_SOUND_BITS && soundBitsPerSecond <= MAX_SOUND_BITS,
        "'soundBitsPerSecond' is 32000 to 320000");
  }

  private static void check(Codec codec, Tuning tuning) {
    check(
        tuning.crf() >= 0 && tuning.crf() <= codec.worst(),
        "'crf' of " + codec.word() + " is 0 to " + codec.worst());
    check(
        codec.presets().contains(tuning.preset()),
        "'preset' of " + codec.word() + " is one of " + String.join(", ", codec.presets()));
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// The largest size on its short side, in pixels.
  int largestSide() {
    return sizes.getLast();
  }

  Tuning h264() {
    return Objects.requireNonNull(codecs.get(Codec.H264));
  }
}

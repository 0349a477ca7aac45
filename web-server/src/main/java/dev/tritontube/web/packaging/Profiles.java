package dev.tritontube.web.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The profiles that a site has: those that every site has, and those of its file. Immutable.
public final class Profiles {
  /// What uploads get unless another is chosen.
  public static final String STANDARD = "standard";

  private static final List<Integer> SIZES = List.of(240, 360, 480, 720, 1080, 1440, 2160);

  /// Goes up when what is made of an original changes so much that a new upload should not share
  /// what was made of an old one.
  private static final String GENERATION = "1";

  private static final int SMALL_SIDE = 480;
  private static final long FULL_HD_BITS = 5_500_000;
  private static final String PRESET = "veryfast";

  private final Map<String, Profile> byName = new LinkedHashMap<>();

  private Profiles(Collection<Profile> profiles) {
    profiles.forEach(profile -> byName.put(profile.name(), profile));
  }

  /// Those that every site has.
  public static Profiles usual() {
    return new Profiles(
        List.of(
            profile(
                STANDARD, "What uploads get unless another is chosen", SIZES, 1, 23, true, true),
            profile(
                "small",
                "Nothing above 480p, at lower rates: for what few watch",
                SIZES.stream().filter(side -> side <= SMALL_SIDE).toList(),
                0.7,
                26,
                false,
                true),
            profile(
                "archive",
                "Up to twice the rate: for what is to look its best",
                SIZES,
                2,
                18,
                true,
                false)));
  }

  private static Profile profile(
      String name,
      String description,
      List<Integer> sizes,
      double rate,
      int crf,
      boolean copies,
      boolean forUploads) {
    return new Profile(
        name,
        description,
        sizes,
        Math.round(rate * FULL_HD_BITS),
        Map.of(Codec.H264, new Tuning(crf, PRESET)),
        EncodingPlan.AUDIO_BITS_PER_SECOND,
        copies,
        true,
        forUploads);
  }

  /// The usual ones and those of a file, which may say otherwise of a usual one.
  ///
  /// @throws IOException when it cannot be read, or says what cannot be, with the reason in one
  ///   line
  public static Profiles read(Path file) throws IOException {
    return ProfilesFile.read(file, usual());
  }

  /// These, and others in the place of those of the same name.
  Profiles with(Collection<Profile> others) {
    Map<String, Profile> all = new LinkedHashMap<>(byName);
    others.forEach(profile -> all.put(profile.name(), profile));
    return new Profiles(all.values());
  }

  /// By which of them who uploads may have it encoded.
  ///
  /// @param administrator who may choose any
  /// @return whether a name is one of those
  public Predicate<String> forUploads(boolean administrator) {
    return name -> find(name).filter(each -> administrator || each.forUploads()).isPresent();
  }

  /// Names in the catalog what is made of an original by a profile, such as `1`, the standard, and
  /// `1:small`.
  public static String making(String profile) {
    return profile.equals(STANDARD) ? GENERATION : GENERATION + ":" + profile;
  }

  /// The name of the profile in what `making` said.
  static String profileOf(String making) {
    return making.contains(":") ? making.substring(making.indexOf(':') + 1) : STANDARD;
  }

  Optional<Profile> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The one of a name; the standard one where there is none (any more).
  Profile named(String name) {
    return find(name).orElseGet(this::standard);
  }

  Profile standard() {
    return find(STANDARD).orElseThrow();
  }

  List<Profile> all() {
    return List.copyOf(byName.values());
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /// What is encoded in, by any of them.
  Set<Codec> codecs() {
    return byName.values().stream()
        .flatMap(profile -> profile.codecs().keySet().stream())
        .collect(Collectors.toSet());
  }
}

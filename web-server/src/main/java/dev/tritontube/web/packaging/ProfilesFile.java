package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads profiles from JSON: `{"profiles": {"NAME": {…}}}`. A profile says what differs from the
/// usual one of its name, or from `standard`:
///
/// ```
/// {"profiles": {"lectures": {
///   "description": "Slides and a speaker",
///   "sizes": [360, 720, 1080],
///   "fullHdBitsPerSecond": 3000000,
///   "codecs": {"h264": {"crf": 24, "preset": "fast"}, "av1": {"crf": 38, "preset": "9"}},
///   "soundBitsPerSecond": 96000,
///   "copies": true,
///   "byContent": true,
///   "forUploads": false}}}
/// ```
final class ProfilesFile {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_PROFILES = 100;

  private static final Set<String> FIELDS =
      Set.of(
          "description",
          "sizes",
          "fullHdBitsPerSecond",
          "codecs",
          "soundBitsPerSecond",
          "copies",
          "byContent",
          "forUploads");

  private ProfilesFile() {}

  /// @throws IOException with the file, the profile and what is wrong in one line
  static Profiles read(Path file, Profiles usual) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than 1 MiB");
    }
    JsonNode root = StoredJson.tree(file);
    try {
      require(root.isObject(), "it is no JSON object");
      known(root, Set.of("profiles"));
      require(root.path("profiles").isObject(), "it has no 'profiles'");
      return usual.with(profiles(root.path("profiles"), usual));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Profile> profiles(JsonNode named, Profiles usual) {
    require(named.size() <= MAX_PROFILES, "there are more than 100 profiles");
    List<Profile> profiles = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : named.properties()) {
      try {
        profiles.add(profile(entry.getKey(), entry.getValue(), usual.named(entry.getKey())));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "profile '" + entry.getKey() + "': " + e.getMessage(), e);
      }
    }
    return profiles;
  }

  private static Profile profile(String name, JsonNode fields, Profile like) {
    require(fields.isObject(), "it is no JSON object");
    known(fields, FIELDS);
    JsonNode description = fields.path("description");
    require(description.isMissingNode() || description.isTextual(), "'description' is a text");
    return new Profile(
        name,
        description.asText(like.name().equals(name) ? like.description() : ""),
        sizes(fields.path("sizes"), like.sizes()),
        number(fields, "fullHdBitsPerSecond", like.fullHdBitsPerSecond()),
        codecs(fields.path("codecs"), like.codecs()),
        (int) number(fields, "soundBitsPerSecond", like.soundBitsPerSecond()),
        flag(fields, "copies", like.copies()),
        flag(fields, "byContent", like.byContent()),
        flag(fields, "forUploads", like.name().equals(name) && like.forUploads()));
  }

  private static List<Integer> sizes(JsonNode sizes, List<Integer> otherwise) {
    if (sizes.isMissingNode()) {
      return otherwise;
    }
    List<Integer> sides = new ArrayList<>();
    sizes.forEach(
        side -> {
          require(side.isInt(), "'sizes' are whole numbers");
          sides.add(side.asInt());
        });
    return sides;
  }

  private static Map<Codec, Tuning> codecs(JsonNode codecs, Map<Codec, Tuning> otherwise) {
    if (codecs.isMissingNode()) {
      return otherwise;
    }
    require(codecs.isObject(), "'codecs' is an object");
    known(codecs, Set.of(Codec.values()).stream().map(Codec::word).collect(Collectors.toSet()));
    Map<Codec, Tuning> tunings = new EnumMap<>(Codec.class);
    for (Codec codec : Codec.values()) {
      JsonNode fields = codecs.path(codec.word());
      if (!fields.isMissingNode()) {
        Tuning like = Objects.requireNonNullElse(otherwise.get(codec), usual(codec));
        tunings.put(codec, tuning(codec, fields, like));
      }
    }
    return tunings;
  }

  /// Of a codec that is only named.
  private static Tuning usual(Codec codec) {
    return switch (codec) {
      case H264 -> new Tuning(23, "veryfast");
      case HEVC -> new Tuning(26, "veryfast");
      case AV1 -> new Tuning(37, "9");
    };
  }

  private static Tuning tuning(Codec codec, JsonNode fields, Tuning like) {
    require(fields.isObject(), "'" + codec.word() + "' is an object");
    known(fields, Set.of("crf", "preset"));
    JsonNode preset = fields.path("preset");
    require(preset.isMissingNode() || preset.isTextual(), "'preset' is a text");
    return new Tuning((int) number(fields, "crf", like.crf()), preset.asText(like.preset()));
  }

  private static long number(JsonNode fields, String name, long otherwise) {
    JsonNode value = fields.path(name);
    require(value.isMissingNode() || value.isInt(), "'" + name + "' is a whole number");
    return value.asLong(otherwise);
  }

  private static boolean flag(JsonNode fields, String name, boolean otherwise) {
    JsonNode value = fields.path(name);
    require(value.isMissingNode() || value.isBoolean(), "'" + name + "' is true or false");
    return value.asBoolean(otherwise);
  }

  private static void known(JsonNode fields, Set<String> names) {
    Set<String> unknown =
        fields
            .propertyStream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    unknown.removeAll(names);
    require(unknown.isEmpty(), "there is no '" + String.join("', '", unknown) + "' here");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

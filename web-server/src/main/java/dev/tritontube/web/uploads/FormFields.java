package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.packaging.Profiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What comes with a file: title, description, tags (repeated, or separated by commas), visibility,
/// and the profile by which it is to be encoded. For one thread.
public final class FormFields {
  private static final String PROFILE = "profile";

  public static final Set<String> NAMES =
      Set.of("title", "description", "tags", "visibility", PROFILE);

  private final Map<String, String> single = new LinkedHashMap<>();
  private final List<String> tags = new ArrayList<>();
  private final Predicate<String> profiles;
  private FileName fileName = FileName.NONE;

  /// @param profiles which ones may be chosen, by their names
  public FormFields(Predicate<String> profiles) {
    this.profiles = profiles;
  }

  /// @throws ProblemException 400 `unknown_field`, `bad_field`
  public void add(String name, String value) {
    requireKnown(name);
    if (name.equals("tags")) {
      Stream.of(value.split(","))
          .map(String::strip)
          .filter(tag -> !tag.isEmpty())
          .forEach(tags::add);
    } else if (single.putIfAbsent(name, value) != null) {
      throw bad("'" + name + "' is there more than once");
    } else if (name.equals(PROFILE) && !profiles.test(value)) {
      throw bad("uploads cannot be encoded by the profile '" + Printable.of(value) + "'");
    }
  }

  static void requireKnown(String name) {
    if (!NAMES.contains(name)) {
      throw new ProblemException(
          new Problem.BadRequest(
              "unknown_field", "There is no field '" + Printable.of(name) + "' here"));
    }
  }

  public void fileName(FileName name) {
    fileName = name;
  }

  public FileName fileName() {
    return fileName;
  }

  /// Without a title the file's name serves.
  ///
  /// @throws ProblemException 400 `bad_field`
  public VideoDetails details() {
    String word = single.getOrDefault("visibility", "public");
    Visibility visibility =
        Visibility.parse(word).orElseThrow(() -> bad("visibility is public, unlisted or private"));
    String title = single.getOrDefault("title", "").strip();
    try {
      return VideoDetails.written(
          title.isEmpty() ? fileName.title() : title,
          single.getOrDefault("description", ""),
          tags,
          visibility);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /// The name of the one by which it is to be encoded.
  String profile() {
    return single.getOrDefault(PROFILE, Profiles.STANDARD);
  }

  static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_field", detail));
  }
}

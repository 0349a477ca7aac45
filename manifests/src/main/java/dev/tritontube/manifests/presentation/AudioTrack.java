package dev.tritontube.manifests.presentation;

import java.util.List;
import java.util.regex.Pattern;

/// Sound in one language.
///
/// @param language BCP 47 tag, `und` where it is not known
/// @param label for people, in any characters; empty if there is none
/// @param representations at least one; kept by ascending bandwidth
public record AudioTrack(
    String id,
    Role role,
    String language,
    String label,
    Timeline timeline,
    List<AudioRepresentation> representations)
    implements Track {
  /// A language whose name nobody told.
  public static final String UNDETERMINED = "und";

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

  public AudioTrack {
    Names.check("track", id);
    if (!LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException(
          "language '%s' of track %s is not a BCP 47 tag".formatted(language, id));
    }
    representations = Qualities.ascending(id, representations);
  }
}

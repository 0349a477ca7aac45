package dev.tritontube.manifests.presentation;

import java.util.List;

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

  public AudioTrack {
    Names.check("track", id);
    Names.checkLanguage(id, language);
    representations = Qualities.ascending(id, representations);
  }

  /// The same sound, called otherwise.
  public AudioTrack as(Role newRole, String newLanguage, String newLabel) {
    return new AudioTrack(id, newRole, newLanguage, newLabel, timeline, representations);
  }
}

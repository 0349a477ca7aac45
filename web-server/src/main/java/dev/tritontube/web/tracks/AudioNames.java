package dev.tritontube.web.tracks;

import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.web.catalog.AudioName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Calls the sounds of a presentation as the owner of a video calls them.
final class AudioNames {
  private AudioNames() {}

  /// @param names of some of the tracks, which are numbered from 1
  static List<AudioTrack> applied(List<AudioName> names, List<AudioTrack> tracks) {
    boolean chosen =
        names.stream().anyMatch(name -> name.preferred() && name.number() <= tracks.size());
    List<AudioTrack> renamed = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      AudioTrack track = tracks.get(i);
      AudioName name = name(names, i + 1);
      Role role = name.preferred() ? Role.MAIN : Role.ALTERNATE;
      renamed.add(
          track.as(
              chosen ? role : track.role(),
              Objects.requireNonNullElse(name.language(), track.language()),
              Objects.requireNonNullElse(name.label(), track.label())));
    }
    return renamed;
  }

  private static AudioName name(List<AudioName> names, int number) {
    return names.stream()
        .filter(name -> name.number() == number)
        .findFirst()
        .orElse(new AudioName(number, null, null, false));
  }
}

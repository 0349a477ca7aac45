package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of a track that are shown (ISO/IEC 14496-12, 8.6.6).
///
/// @param delay ticks of the movie before the first part
/// @param edits in the order they are shown, at least one
record EditList(long delay, List<Edit> edits) {
  private static final int MAX_EDITS = 64;
  private static final EditList EVERYTHING = new EditList(0, List.of(new Edit(0, 0, true)));

  /// One part.
  ///
  /// @param mediaTime its first tick of the track
  /// @param duration in ticks of the movie, 0 for all the rest
  /// @param implied whether no edit list says so, and time begins where media time does
  record Edit(long mediaTime, long duration, boolean implied) {}

  static EditList parse(Box trak) throws MalformedMp4Exception {
    Optional<Box> container = trak.optionalChild("edts");
    Optional<Box> list =
        container.isPresent() ? container.get().optionalChild("elst") : Optional.empty();
    return list.isPresent() ? parse(list.get().fields()) : EVERYTHING;
  }

  /// Length of all parts in seconds, `whole` where one goes on to the end.
  Rational duration(long movieTimescale, Rational whole) throws MalformedMp4Exception {
    long ticks = 0;
    for (Edit edit : edits) {
      if (edit.duration() == 0) {
        return whole;
      }
      ticks += edit.duration();
      if (ticks < 0) {
        throw new MalformedMp4Exception("an edit list without end");
      }
    }
    return new Rational(ticks, movieTimescale);
  }

  private static EditList parse(Fields fields) throws MalformedMp4Exception {
    boolean wide = fields.u8() == 1;
    int count = fields.skip(3).count(wide ? 20 : 12);
    if (count > MAX_EDITS) {
      throw new MalformedMp4Exception("an edit list of " + count + " edits");
    }
    long delay = 0;
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long duration = wide ? fields.u63() : fields.u32();
      long mediaTime = wide ? fields.i64() : fields.i32();
      fields.skip(4);
      if (mediaTime >= 0) {
        edits.add(new Edit(mediaTime, duration, false));
      } else if (edits.isEmpty()) {
        delay = Math.min(Long.MAX_VALUE / 2, delay + Math.min(Long.MAX_VALUE / 4, duration));
      }
    }
    return edits.isEmpty() ? new EditList(delay, EVERYTHING.edits()) : new EditList(delay, edits);
  }
}

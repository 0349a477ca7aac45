package dev.tritontube.manifests.mp4;

import java.util.Optional;

/// The part of a track that is shown (ISO/IEC 14496-12, 8.6.6), in ticks of the track. Lists of
/// several parts are not read: hardly a file has one, and what programs make of them differs.
///
/// @param present false where there is no list: everything is shown, when media time says
/// @param delay from the movie's beginning to the part's
/// @param from media time of its first tick
/// @param to media time of its end
record EditList(boolean present, long delay, long from, long to) {
  private static final int MAX_EDITS = 64;
  private static final long LONGEST = 1L << 53;
  private static final EditList NONE = new EditList(false, 0, 0, Long.MAX_VALUE);

  /// @param timescale of the track
  static EditList parse(Box trak, long timescale, long movieTimescale)
      throws MalformedMp4Exception {
    Optional<Box> container = trak.optionalChild("edts");
    Optional<Box> list =
        container.isPresent() ? container.get().optionalChild("elst") : Optional.empty();
    return list.isPresent()
        ? parse(list.get().fields(), (double) timescale / movieTimescale)
        : NONE;
  }

  boolean shows(long composition) {
    return !present || (composition >= from && composition < to);
  }

  private static EditList parse(Fields fields, double ticks) throws MalformedMp4Exception {
    boolean wide = fields.u8() == 1;
    int count = fields.skip(3).count(wide ? 20 : 12);
    if (count == 0) {
      return NONE;
    }
    long delay = 0;
    for (int i = 0; i < Math.min(count, MAX_EDITS); i++) {
      long duration = Math.round((wide ? fields.u63() : fields.u32()) * ticks);
      long mediaTime = wide ? fields.i64() : fields.i32();
      fields.skip(4);
      if (duration < 0 || duration > LONGEST || mediaTime > LONGEST) {
        throw new MalformedMp4Exception("an edit list beyond all bounds");
      }
      if (mediaTime >= 0 && duration > 0 && i == count - 1) {
        return new EditList(true, delay, mediaTime, mediaTime + duration);
      }
      if (mediaTime != -1) {
        break;
      }
      delay += duration;
    }
    throw new MalformedMp4Exception("an edit list of several parts, or of none");
  }
}

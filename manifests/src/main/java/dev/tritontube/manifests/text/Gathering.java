package dev.tritontube.manifests.text;

import java.util.ArrayList;
import java.util.List;

/// The cues of a file that is being read, within bounds. For one thread.
final class Gathering {
  static final int MAX_LINE = 1000;
  private static final int MAX_TEXT = 4000;

  private final List<Cue> cues = new ArrayList<>();
  private final Manner manner;

  Gathering(Manner manner) {
    this.manner = manner;
  }

  /// When something is shown, and where.
  ///
  /// @param line at which that is said, from 1
  record Timing(int line, long startMillis, long endMillis, String settings) {}

  /// Goes on without what is wrong, or not at all.
  ///
  /// @param line from 1
  void wrong(int line, String what) throws MalformedTextException {
    if (manner != Manner.LENIENT) {
      throw new MalformedTextException(line, what);
    }
  }

  /// The lines of a cue as they are in the file; empty when they are too long.
  String text(Timing timing, List<String> lines) throws MalformedTextException {
    int length = 0;
    for (String line : lines) {
      length += line.length();
      if (manner != Manner.WRITTEN && (line.length() > MAX_LINE || length > MAX_TEXT)) {
        wrong(
            timing.line,
            "a cue has at most %d characters, a line of it %d".formatted(MAX_TEXT, MAX_LINE));
        return "";
      }
    }
    return String.join("\n", lines);
  }

  /// Takes a cue, unless there is nothing to read, or no time to.
  void add(Timing timing, Payload payload) throws MalformedTextException {
    if (timing.endMillis < timing.startMillis) {
      wrong(timing.line, "the cue ends before it begins");
    } else if (timing.endMillis > timing.startMillis && payload.visible()) {
      if (cues.size() == Cues.MAX_CUES) {
        throw new MalformedTextException(
            timing.line, "there are more than " + Cues.MAX_CUES + " cues");
      }
      cues.add(new Cue(timing.startMillis, timing.endMillis, timing.settings, payload.finish()));
    }
  }

  Cues cues() {
    return new Cues(cues);
  }
}

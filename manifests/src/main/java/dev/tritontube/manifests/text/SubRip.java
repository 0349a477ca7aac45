package dev.tritontube.manifests.text;

import dev.tritontube.manifests.text.Gathering.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads SubRip (`.srt`), which nobody specified: numbers are left out, empty lines may be in the
/// text, the comma of times may be a point. For one file.
final class SubRip {
  private static final String TIME = "(\\d{1,3}):([0-5]?\\d):([0-5]?\\d)[,.](\\d{3})";

  /// Places in pixels may follow, of pictures that nobody knows.
  private static final Pattern TIMING =
      Pattern.compile("\\s*" + TIME + "\\s*-->\\s*" + TIME + "(?:\\s.*)?");

  private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,9}\\s*");

  private final List<String> lines;
  private final Gathering gathering;

  private SubRip(String text, Manner manner) {
    this.lines = text.lines().toList();
    this.gathering = new Gathering(manner);
  }

  /// @throws MalformedTextException when it is none
  static Cues read(String text, Manner manner) throws MalformedTextException {
    return new SubRip(text, manner).read();
  }

  private Cues read() throws MalformedTextException {
    int at = nextTiming(0);
    before(at);
    while (at < lines.size()) {
      int next = nextTiming(at + 1);
      cue(at, new ArrayList<>(lines.subList(at + 1, endOfText(at, next))));
      at = next;
    }
    return gathering.cues();
  }

  /// Nothing but a number stands before the first cue.
  private void before(int first) throws MalformedTextException {
    for (int i = 0; i < endOfText(-1, first); i++) {
      if (!lines.get(i).isBlank()) {
        gathering.wrong(i + 1, "a cue begins with its number and times");
        return;
      }
    }
  }

  private int nextTiming(int from) {
    int at = from;
    while (at < lines.size() && !lines.get(at).contains(WebVtt.ARROW)) {
      at++;
    }
    return at;
  }

  /// Without the next cue's number.
  private int endOfText(int times, int next) {
    boolean numbered =
        next < lines.size() && next - 1 > times && NUMBER.matcher(lines.get(next - 1)).matches();
    return numbered ? next - 1 : next;
  }

  private void cue(int at, List<String> text) throws MalformedTextException {
    Matcher form = TIMING.matcher(lines.get(at));
    if (!form.matches()) {
      gathering.wrong(at + 1, "times are like 00:01:02,500 --> 00:01:04,000");
      return;
    }
    Timing timing = new Timing(at + 1, WebVtt.millis(form, 1), WebVtt.millis(form, 5), "");
    gathering.add(timing, Markup.ofSubRip(gathering.text(timing, text)));
  }
}

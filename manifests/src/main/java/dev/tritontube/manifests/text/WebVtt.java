package dev.tritontube.manifests.text;

import dev.tritontube.manifests.text.Gathering.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format", 6.1). Comments, styles, regions
/// and names of cues are not passed on. For one file.
public final class WebVtt {
  static final String ARROW = "-->";

  private static final Pattern HEADER = Pattern.compile("WEBVTT(?:[ \t].*)?");
  private static final Pattern ASIDE = Pattern.compile("(?:NOTE|STYLE|REGION)(?:[ \t].*)?");
  private static final String TIME = "(?:(\\d{2,3}):)?([0-5]\\d):([0-5]\\d)\\.(\\d{3})";
  private static final Pattern TIMING =
      Pattern.compile(
          "\\s*+" + TIME + "[ \t]++-->[ \t]++" + TIME + "(?:[ \t]++(.*+))?+", Pattern.DOTALL);

  private final List<String> lines;
  private final Gathering gathering;

  private WebVtt(String text, Manner manner) {
    this.lines = text.lines().toList();
    this.gathering = new Gathering(manner);
  }

  /// Whether a text says of itself that it is WebVTT.
  public static boolean is(String text) {
    return text.lines().findFirst().filter(line -> HEADER.matcher(line).matches()).isPresent();
  }

  /// @throws MalformedTextException when it is none
  public static Cues read(String text, Manner manner) throws MalformedTextException {
    if (!is(text)) {
      throw new MalformedTextException(1, "WebVTT begins with 'WEBVTT'");
    }
    return new WebVtt(text, manner).read();
  }

  private Cues read() throws MalformedTextException {
    int at = endOfBlock(1);
    while (at < lines.size()) {
      at = lines.get(at).isEmpty() ? at + 1 : block(at);
    }
    return gathering.cues();
  }

  /// @return where the next begins
  private int block(int at) throws MalformedTextException {
    boolean named = !isTiming(at);
    if (named && !isTiming(at + 1)) {
      if (!ASIDE.matcher(lines.get(at)).matches()) {
        gathering.wrong(at + 1, "this is neither a cue nor a comment");
      }
      return endOfBlock(at + 1);
    }
    int times = named ? at + 1 : at;
    int end = endOfBlock(times + 1);
    cue(times, new ArrayList<>(lines.subList(times + 1, end)));
    return end;
  }

  private boolean isTiming(int at) {
    return at < lines.size() && lines.get(at).contains(ARROW);
  }

  /// The next empty line, or the next times: a cue may follow without an empty line between.
  private int endOfBlock(int from) {
    int at = from;
    while (at < lines.size() && !lines.get(at).isEmpty() && !isTiming(at)) {
      at++;
    }
    return at;
  }

  private void cue(int at, List<String> text) throws MalformedTextException {
    String times = lines.get(at);
    Matcher form = TIMING.matcher(times);
    if (times.length() > Gathering.MAX_LINE || !form.matches()) {
      gathering.wrong(at + 1, "times are like 00:01:02.500 --> 00:01:04.000");
      return;
    }
    String settings = form.group(9) == null ? "" : form.group(9);
    Timing timing = new Timing(at + 1, millis(form, 1), millis(form, 5), Settings.of(settings));
    gathering.add(timing, Markup.ofWebVtt(gathering.text(timing, text)));
  }

  /// @param first of the groups of hours, minutes, seconds and milliseconds
  static long millis(Matcher form, int first) {
    String hours = form.group(first);
    long minutes =
        (hours == null ? 0 : Long.parseLong(hours)) * 60 + Long.parseLong(form.group(first + 1));
    long seconds = minutes * 60 + Long.parseLong(form.group(first + 2));
    return seconds * 1000 + Long.parseLong(form.group(first + 3));
  }
}

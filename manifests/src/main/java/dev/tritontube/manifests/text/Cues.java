package dev.tritontube.manifests.text;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All cues of a track, by the time at which they begin. They may overlap. Immutable.
public record Cues(List<Cue> cues) {
  /// Of more nobody reads: an hour of talk has about a thousand.
  public static final int MAX_CUES = 50_000;

  private static final Comparator<Cue> BY_TIME =
      Comparator.comparingLong(Cue::startMillis).thenComparingLong(Cue::endMillis);

  public Cues {
    if (cues.size() > MAX_CUES) {
      throw new IllegalArgumentException("more than " + MAX_CUES + " cues");
    }
    // Those of the same time stay in their order.
    cues = cues.stream().sorted(BY_TIME).toList();
  }

  public boolean isEmpty() {
    return cues.isEmpty();
  }

  /// The same on a clock that begins later; what was before its beginning is gone.
  ///
  /// @param millis of the new beginning
  public Cues from(long millis) {
    return new Cues(
        cues.stream()
            .filter(cue -> cue.endMillis() > millis && cue.endMillis() - millis <= Cue.MAX_MILLIS)
            .map(
                cue ->
                    new Cue(
                        Math.max(0, cue.startMillis() - millis),
                        cue.endMillis() - millis,
                        cue.settings(),
                        cue.payload()))
            .toList());
  }

  /// The same without markup and places, a line each: titles of chapters.
  public Cues plain() {
    return new Cues(
        cues.stream()
            .filter(cue -> !cue.words().isBlank())
            .map(cue -> Cue.plain(cue.startMillis(), cue.endMillis(), cue.words()))
            .toList());
  }

  /// All of them as WebVTT.
  public String write() {
    return write("WEBVTT\n", cues.stream());
  }

  /// A segment of HLS: every cue that is shown in it, with its own times, on the clock of the media
  /// (RFC 8216, 3.5).
  public String segment(long fromMillis, long toMillis) {
    return write(
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n",
        cues.stream().filter(cue -> cue.overlaps(fromMillis, toMillis)));
  }

  private static String write(String header, Stream<Cue> some) {
    StringBuilder text = new StringBuilder(header);
    some.forEach(
        cue ->
            text.append('\n')
                .append(time(cue.startMillis()))
                .append(" --> ")
                .append(time(cue.endMillis()))
                .append(cue.settings().isEmpty() ? "" : " " + cue.settings())
                .append('\n')
                .append(cue.payload())
                .append('\n'));
    return text.toString();
  }

  private static String time(long millis) {
    StringBuilder text = new StringBuilder(13);
    digits(text, millis / 3_600_000, 2).append(':');
    digits(text, millis / 60_000 % 60, 2).append(':');
    digits(text, millis / 1000 % 60, 2).append('.');
    return digits(text, millis % 1000, 3).toString();
  }

  private static StringBuilder digits(StringBuilder text, long number, int least) {
    String digits = Long.toString(number);
    return text.append("0".repeat(Math.max(0, least - digits.length()))).append(digits);
  }
}

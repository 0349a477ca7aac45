package dev.tritontube.manifests.text;

/// Words that are shown for a while.
///
/// @param startMillis from the beginning of the presentation
/// @param settings where they stand, as [Settings] writes it; empty: where players put them
/// @param payload cue text of WebVTT as [Payload] writes it: escaped, no empty line
public record Cue(long startMillis, long endMillis, String settings, String payload) {
  /// A thousand hours, less a millisecond: what three digits of hours can say.
  static final long MAX_MILLIS = 1000L * 3600 * 1000 - 1;

  public Cue {
    if (startMillis < 0 || endMillis <= startMillis || endMillis > MAX_MILLIS) {
      throw new IllegalArgumentException(
          "a cue from %d to %d ms".formatted(startMillis, endMillis));
    }
    if (payload.isBlank() || payload.contains("\n\n") || payload.contains("-->")) {
      throw new IllegalArgumentException("no text of a cue: '" + payload + "'");
    }
    if (settings.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("settings of two lines");
    }
  }

  /// Of text without markup, on one line.
  ///
  /// @throws IllegalArgumentException when nothing of it can be seen
  public static Cue plain(long startMillis, long endMillis, String text) {
    Payload payload = new Payload();
    payload.text(text.replaceAll("\\s+", " "));
    return new Cue(startMillis, endMillis, "", payload.finish());
  }

  /// What it says, without markup, on one line.
  public String words() {
    return Payload.words(payload);
  }

  boolean overlaps(long fromMillis, long toMillis) {
    return startMillis < toMillis && endMillis > fromMillis;
  }
}

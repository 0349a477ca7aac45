package dev.tritontube.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which pictures are to be taken out of a video. Each method gives another wish.
public final class FrameWish {
  private final Map<String, Object> fields;

  private FrameWish(Map<String, Object> fields) {
    this.fields = Map.copyOf(fields);
  }

  /// One every so many seconds, from the beginning on.
  public static FrameWish every(double seconds) {
    return new FrameWish(Map.of("everySeconds", seconds));
  }

  /// So many with equal distances, from the beginning on.
  public static FrameWish count(int count) {
    return new FrameWish(Map.of("count", count));
  }

  /// Those that are shown at some times, in seconds.
  public static FrameWish at(List<Double> seconds) {
    return new FrameWish(Map.of("times", List.copyOf(seconds)));
  }

  /// JPEG unless told.
  public FrameWish as(FrameSet.Format format) {
    return with("format", format.name().toLowerCase(Locale.ROOT));
  }

  /// No wider than so many pixels.
  public FrameWish noWiderThan(int pixels) {
    return with("width", pixels);
  }

  /// No higher than so many pixels.
  public FrameWish noHigherThan(int pixels) {
    return with("height", pixels);
  }

  private FrameWish with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new FrameWish(more);
  }

  Map<String, Object> fields() {
    return fields;
  }
}

package dev.tritontube.manifests.webvtt;

import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Rational;
import java.util.Locale;

/// A presentation's images as WebVTT: a cue for each, whose text is the address of its sheet and
/// its place there (Media Fragments, 4.2.2), as JW Player began it and most players read it.
public final class ThumbnailCues {
  private static final int MILLIS = 1000;

  private ThumbnailCues() {}

  /// @param duration of the presentation, with which the last cue ends
  public static String render(ImageTrack images, Rational duration, MediaUrls urls) {
    long end = duration.timesFloor(MILLIS);
    StringBuilder text = new StringBuilder("WEBVTT\n");
    for (int image = 0; image < images.count(); image++) {
      long from = (long) image * images.seconds() * MILLIS;
      long to = Math.max(from + 1, Math.min(end, from + (long) images.seconds() * MILLIS));
      String sheet = Integer.toString(image / images.onSheet());
      text.append('\n').append(time(from)).append(" --> ").append(time(to)).append('\n');
      text.append(urls.sheet(images.id(), sheet)).append(place(images, image)).append('\n');
    }
    return text.toString();
  }

  private static String place(ImageTrack images, int image) {
    int onSheet = image % images.onSheet();
    int left = onSheet % images.columns() * images.width();
    int top = onSheet / images.columns() * images.height();
    return "#xywh=%d,%d,%d,%d".formatted(left, top, images.width(), images.height());
  }

  private static String time(long millis) {
    long seconds = millis / MILLIS;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        millis % MILLIS);
  }
}

package dev.tritontube.web.videos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore.Cursor;
import dev.tritontube.web.http.QueryParameters;
import java.time.Instant;
import java.util.Base64;

/// A place in the list of videos as text that clients hand back and do not read.
final class ListCursor {
  private ListCursor() {}

  static String after(Video video) {
    String place = video.createdAt().toEpochMilli() + "." + video.id();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(US_ASCII));
  }

  static Cursor parse(String text) {
    try {
      String[] place = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split("\\.", 2);
      return new Cursor(
          Instant.ofEpochMilli(Long.parseLong(place[0])), new VideoId(place[place.length - 1]));
    } catch (IllegalArgumentException _) {
      throw QueryParameters.bad("cursor", "is none that a list gave");
    }
  }
}

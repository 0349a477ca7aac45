package dev.tritontube.web.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.JobListStore.Cursor;
import java.time.Instant;
import java.util.Base64;

/// A place in the list of jobs as text that clients hand back and do not read.
final class JobCursor {
  private JobCursor() {}

  static String text(Cursor cursor) {
    String place = cursor.created().toEpochMilli() + "." + cursor.id();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(US_ASCII));
  }

  /// @throws IllegalArgumentException when no list gave it
  static Cursor parse(String text) {
    String[] place = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split("\\.", 2);
    return new Cursor(
        Instant.ofEpochMilli(Long.parseLong(place[0])), new JobId(place[place.length - 1]));
  }
}

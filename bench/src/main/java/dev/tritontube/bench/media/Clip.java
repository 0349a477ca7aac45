package dev.tritontube.bench.media;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A source that can be uploaded again and again, each time as other bytes: what was uploaded
/// before would play at once.
record Clip(Format format, int seconds, Path file) {
  private static final AtomicLong UPLOADS = new AtomicLong();

  String title() {
    return format.title() + ", " + seconds + " s";
  }

  Duration length() {
    return Duration.ofSeconds(seconds);
  }

  BodyPublisher body() throws FileNotFoundException {
    byte[] filler = format.filler(UPLOADS.incrementAndGet());
    return BodyPublishers.concat(BodyPublishers.ofFile(file), BodyPublishers.ofByteArray(filler));
  }
}

package dev.tritontube.web.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.manifests.text.Cues;
import java.util.random.RandomGenerator;

/// A text that is to be kept.
///
/// @param body WebVTT of our own writing
public record NewText(TextId id, int cues, String body) {
  /// @param random must be unpredictable outside of tests
  public static NewText of(Cues cues, RandomGenerator random) {
    return new NewText(TextId.random(random), cues.cues().size(), cues.write());
  }

  /// As it is served.
  public long bytes() {
    return body.getBytes(UTF_8).length;
  }
}

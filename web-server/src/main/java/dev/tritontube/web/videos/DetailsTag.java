package dev.tritontube.web.videos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.Gzip;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ETag of what people write about a video. It stays the same while the video is packaged, so
/// that nobody's edit fails for that.
final class DetailsTag {
  private static final int BYTES = 12;

  private DetailsTag() {}

  static String of(Video video) {
    var details = video.details();
    // Lists tell where one text ends and the next begins.
    String text =
        List.of(
                    details.title().length(),
                    details.title(),
                    details.description().length(),
                    details.description(),
                    details.tags().stream().map(tag -> tag.length() + tag).toList(),
                    details.visibility())
                .toString()
            + video.expiresAt();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Holds a change back when somebody else made one (RFC 9110, section 13.1.1).
  ///
  /// @param ifMatch the header; null: whatever is there may be changed
  /// @throws ProblemException 412
  static void require(Video video, @Nullable String ifMatch) {
    if (ifMatch != null
        && !ifMatch.strip().equals("*")
        && Stream.of(ifMatch.split(","))
            .map(tag -> Gzip.plainTag(tag.strip()))
            .noneMatch(of(video)::equals)) {
      throw new ProblemException(
          new Problem.PreconditionFailed("Video " + video.id() + " was changed meanwhile"));
    }
  }
}

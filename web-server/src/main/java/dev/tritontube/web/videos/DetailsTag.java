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

/// The ETag of a video: first what people write about it, which stays the same while the video is
/// packaged, so that nobody's edit fails for that; then all that is answered, so that nobody goes
/// on with an answer from before.
final class DetailsTag {
  private static final int BYTES = 12;
  private static final String BETWEEN = "-";

  private DetailsTag() {}

  /// @param answer the document as it is sent
  static String of(Video video, byte[] answer) {
    return '"' + words(video) + BETWEEN + digest(answer) + '"';
  }

  private static String words(Video video) {
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
    return digest(text.getBytes(UTF_8));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, BYTES);
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
            .noneMatch(tag -> tag.startsWith('"' + words(video) + BETWEEN))) {
      throw new ProblemException(
          new Problem.PreconditionFailed("Video " + video.id() + " was changed meanwhile"));
    }
  }
}

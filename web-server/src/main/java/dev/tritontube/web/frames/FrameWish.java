package dev.tritontube.web.frames;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.packaging.StillFormat;
import dev.tritontube.web.packaging.StillTimes;
import dev.tritontube.web.packaging.Stills;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a body wishes for.
final class FrameWish {
  private static final int MAX_LISTED = 1000;
  private static final int MILLIS_DIGITS = 3;

  private FrameWish() {}

  /// The pictures that are wished for.
  ///
  /// @param lengthMillis of the video
  /// @param width of its pictures
  record Source(long lengthMillis, int width, int height) {
    /// Made no larger than any picture may be: what is stored wide may be, once its pixels are
    /// square.
    private Source bounded() {
      double scale = Math.sqrt((double) Stills.MAX_PIXELS / ((long) width * height));
      return scale >= 1
          ? this
          : new Source(lengthMillis, (int) (width * scale), (int) (height * scale));
    }
  }

  /// @throws ProblemException 400 `unknown_field`, `bad_field`
  static Stills.Order of(ObjectNode body, Source source) {
    Fields fields = Fields.of(body, "everySeconds", "count", "times", "format", "width", "height");
    long given = Stream.of("everySeconds", "count", "times").filter(body::hasNonNull).count();
    if (given != 1) {
      throw Fields.bad("Exactly one of 'everySeconds', 'count' and 'times' says which frames");
    }
    StillFormat format =
        StillFormat.parse(fields.optional("format").orElse("jpg"))
            .orElseThrow(() -> Fields.bad("'format' is jpg or png"));
    Source shown = source.bounded();
    double scale = scale(fields, shown);
    return new Stills.Order(
        times(fields, source.lengthMillis()),
        format,
        scaled(shown.width(), scale),
        scaled(shown.height(), scale));
  }

  private static StillTimes times(Fields fields, long length) {
    Optional<BigDecimal> every = fields.decimal("everySeconds");
    OptionalLong count = fields.count("count");
    if (every.isPresent()) {
      return every(millis(every.get()), length);
    }
    return count.isPresent() ? spread(count.getAsLong(), length) : listed(fields, length);
  }

  private static StillTimes every(long step, long length) {
    if (step < 1 || Math.ceilDiv(length, step) > FrameSet.MAX_FRAMES) {
      throw Fields.bad(
          "'everySeconds' is at least %s here, which makes %d frames"
              .formatted(
                  seconds(Math.max(1, Math.ceilDiv(length, FrameSet.MAX_FRAMES))),
                  FrameSet.MAX_FRAMES));
    }
    // A step beyond the end takes the first one alone.
    return StillTimes.every(Math.min(step, length), length);
  }

  private static StillTimes spread(long count, long length) {
    long most = Math.min(FrameSet.MAX_FRAMES, length);
    if (count > most) {
      throw Fields.bad("'count' is at most " + most + " here");
    }
    return StillTimes.spread((int) count, length);
  }

  private static StillTimes listed(Fields fields, long length) {
    List<Long> times =
        fields.decimals("times", MAX_LISTED).stream()
            .map(FrameWish::millis)
            .sorted()
            .distinct()
            .toList();
    if (times.getFirst() < 0 || times.getLast() > length) {
      throw Fields.bad("'times' are seconds from 0 to " + seconds(length) + ", the video's end");
    }
    return new StillTimes.Listed(times);
  }

  /// To the millisecond; far more than any video has for what is more than that.
  private static long millis(BigDecimal seconds) {
    BigDecimal millis =
        seconds.setScale(MILLIS_DIGITS, RoundingMode.HALF_UP).movePointRight(MILLIS_DIGITS);
    return millis
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .max(BigDecimal.valueOf(-1))
        .longValue();
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, MILLIS_DIGITS).stripTrailingZeros().toPlainString();
  }

  /// So that the pictures are no larger than is wished for, nor than the video's.
  private static double scale(Fields fields, Source source) {
    double width = (double) fields.count("width").orElse(source.width()) / source.width();
    double height = (double) fields.count("height").orElse(source.height()) / source.height();
    return Math.min(1, Math.min(width, height));
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }
}

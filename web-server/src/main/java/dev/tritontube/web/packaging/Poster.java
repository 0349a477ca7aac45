package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes one picture for a video: a key frame about a tenth into it, or the cover of a piece of
/// music.
final class Poster {
  private static final double WHERE = 0.1;
  private static final int SHORT_SIDE = 720;

  /// JPEG files have the matrix of BT.601 and the full range.
  static final String JFIF = ",scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p";

  private static final int MAX_BYTES = 8 << 20;

  private final MediaTools tools;
  private final Filters filters;
  private final ToolRunner runner;

  Poster(MediaTools tools, Filters filters, ToolRunner runner) {
    this.tools = tools;
    this.filters = filters;
    this.runner = runner;
  }

  /// A JPEG.
  ///
  /// @return empty when there is nothing to show, or it cannot be decoded
  Optional<ByteBuffer> take(Source source, EncodingPlan plan, Cancellation cancellation)
      throws IOException, InterruptedException {
    EncodingPlan.Video video = plan.video();
    Integer cover = plan.coverStream();
    if (video != null) {
      double seconds = plan.length().approximately() * WHERE;
      Optional<ByteBuffer> picture = run(frame(source, video, seconds), source, cancellation);
      return picture.isPresent() ? picture : run(frame(source, video, 0), source, cancellation);
    }
    return cover == null ? Optional.empty() : run(cover(source, cover), source, cancellation);
  }

  /// The key frame at or before a time, counted from the start of the file.
  private List<String> frame(Source source, EncodingPlan.Video video, double seconds) {
    List<String> options = List.of("-copyts", "-noaccurate_seek", "-skip_frame", "nokey");
    List<String> seek = List.of("-ss", String.format(Locale.ROOT, "%.3f", seconds));
    String picture = filters.picture(video.colour(), video.interlaced(), size(video));
    return command(
        source, seconds > 0 ? joined(options, seek) : options, video.stream(), picture + JFIF);
  }

  private List<String> cover(Source source, int stream) {
    String picture = "scale=w='min(iw,1280)':h=-2:flags=bicubic,setsar=1";
    return command(source, List.of(), stream, picture + JFIF);
  }

  private List<String> command(Source source, List<String> options, int stream, String filter) {
    return joined(
        List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin"),
        options,
        source.inputOptions(),
        List.of("-i", source.url(), "-map", "0:" + stream, "-vf", filter),
        List.of("-map_metadata", "-1", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"),
        List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  private static Rung size(EncodingPlan.Video video) {
    return video.rungs().stream()
        .filter(rung -> Math.min(rung.width(), rung.height()) <= SHORT_SIDE)
        .reduce((_, larger) -> larger)
        .or(() -> video.rungs().stream().findFirst())
        .orElseGet(() -> size(Objects.requireNonNull(video.copy())));
  }

  private static Rung size(EncodingPlan.Copy copy) {
    return new Rung(
        EncodingPlan.Copy.ID, copy.width() & ~1, copy.height() & ~1, copy.bandwidth().peak(), 0);
  }

  private Optional<ByteBuffer> run(List<String> command, Source source, Cancellation cancellation)
      throws IOException, InterruptedException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    Exit exit =
        runner.run(
            command,
            ToolLimits.encoding(1, Probe.MAX_PIXELS, false),
            cancellation,
            stdout -> picture.writeBytes(stdout.readNBytes(MAX_BYTES)));
    source.throwFailure();
    boolean taken = exit.ok() && picture.size() > 0;
    return taken ? Optional.of(ByteBuffer.wrap(picture.toByteArray())) : Optional.empty();
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes one picture of a file, as a JPEG: what a film shows at a time, or the cover of a piece of
/// music.
final class Poster {
  private static final int MAX_BYTES = 8 << 20;

  /// As far as key frames may be apart.
  private static final int DECODED_SECONDS = 60;

  private final MediaTools tools;
  private final Filters filters;
  private final ToolRunner runner;

  Poster(MediaTools tools, Filters filters, ToolRunner runner) {
    this.tools = tools;
    this.filters = filters;
    this.runner = runner;
  }

  /// What is shown at a time.
  ///
  /// @param seconds from the beginning; beyond the end the last picture
  /// @param keyFrames whether the key frame before it is as good, which takes less
  /// @return empty when there is nothing to show, or it cannot be decoded
  Optional<ByteBuffer> at(
      double seconds,
      boolean keyFrames,
      Source source,
      EncodingPlan plan,
      Cancellation cancellation)
      throws IOException, InterruptedException {
    EncodingPlan.Video video = plan.video();
    return video == null
        ? Optional.empty()
        : run(frame(source, plan, video, seconds, keyFrames), source, cancellation);
  }

  /// The cover, where there is one.
  Optional<ByteBuffer> cover(Source source, EncodingPlan plan, Cancellation cancellation)
      throws IOException, InterruptedException {
    Integer stream = plan.coverStream();
    return stream == null ? Optional.empty() : run(cover(source, stream), source, cancellation);
  }

  /// The same picture as the presentation has at this time, by the same grid.
  private List<String> frame(
      Source source,
      EncodingPlan plan,
      EncodingPlan.Video video,
      double seconds,
      boolean keyFrames) {
    double rate = video.rate().approximately();
    long place = Math.clamp((long) (seconds * rate), 0, video.pictures() - 1);
    String filter =
        "setpts=PTS-(%s)/TB,fps=%s:start_time=%s:round=near,tpad=stop=-1:stop_mode=clone,trim=end_frame=1,"
                .formatted(
                    EncodeCommand.seconds(plan.zeroSeconds()),
                    video.rate(),
                    EncodeCommand.seconds(place / rate))
            + filters.picture(video.colour(), video.interlaced(), PosterSize.of(video));
    List<String> decoding = keyFrames ? List.of("-skip_frame", "nokey") : List.of();
    List<String> seek =
        place == 0
            ? List.of()
            : EncodeCommand.seekTo(source.container(), plan.zeroSeconds() + place / rate);
    return command(source, joined(List.of("-copyts"), decoding, seek), video.stream(), filter);
  }

  private List<String> cover(Source source, int stream) {
    String picture = "scale=w='min(iw,1280)':h=-2:flags=bicubic,setsar=1";
    return command(source, List.of(), stream, picture);
  }

  private List<String> command(Source source, List<String> options, int stream, String filter) {
    return joined(
        List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin"),
        options,
        source.inputOptions(),
        List.of("-i", source.url(), "-map", "0:" + stream, "-vf", filter + Filters.JFIF),
        List.of("-map_metadata", "-1", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"),
        List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  private Optional<ByteBuffer> run(List<String> command, Source source, Cancellation cancellation)
      throws IOException, InterruptedException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    Exit exit =
        runner.run(
            command,
            ToolLimits.encoding(DECODED_SECONDS, Probe.MAX_PIXELS, false),
            cancellation,
            stdout -> picture.writeBytes(stdout.readNBytes(MAX_BYTES)));
    source.throwFailure();
    boolean taken = exit.ok() && picture.size() > 0;
    return taken ? Optional.of(ByteBuffer.wrap(picture.toByteArray())) : Optional.empty();
  }
}

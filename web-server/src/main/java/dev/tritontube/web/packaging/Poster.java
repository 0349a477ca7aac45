package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes one picture of a file, as a JPEG: what a film shows at a time, the cover of a piece of
/// music, or a picture that somebody sent.
final class Poster {
  private static final int MAX_BYTES = 8 << 20;

  /// As far as key frames may be apart.
  private static final int DECODED_SECONDS = 60;

  /// Of a picture from outside.
  private static final long MAX_PIXELS = 64_000_000;

  private static final ToolLimits FILE_LIMITS =
      ToolLimits.encoding(DECODED_SECONDS, Probe.MAX_PIXELS, false);

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
        : run(frame(source, plan, video, seconds, keyFrames), cancellation);
  }

  /// The cover, where there is one.
  Optional<ByteBuffer> cover(Source source, EncodingPlan plan, Cancellation cancellation)
      throws IOException, InterruptedException {
    Integer stream = plan.coverStream();
    return stream == null ? Optional.empty() : run(cover(source, stream), cancellation);
  }

  /// A picture from outside, made anew. Of what comes with it nothing stays.
  ///
  /// @param known what its first bytes say, by which it is opened and turned
  /// @return empty when it cannot be decoded
  Optional<ByteBuffer> anew(SourceRelay.Lease lease, StillPicture known, Cancellation cancellation)
      throws IOException, InterruptedException {
    String demuxer = known.kind().demuxer();
    List<String> options =
        List.of(
            "-noautorotate",
            "-f",
            demuxer,
            "-format_whitelist",
            demuxer,
            "-protocol_whitelist",
            "http,tcp",
            "-max_pixels",
            Long.toString(MAX_PIXELS));
    String filter =
        turn(known.orientation())
            + "scale=w='min(iw,1280)':h='min(ih,1280)'"
            + ":force_original_aspect_ratio=decrease:flags=bicubic,setsar=1";
    return run(new Still(options, lease, "v:0", filter, ToolLimits.picture()), cancellation);
  }

  /// EXIF 2.3, 4.6.4. Programs differ in whether they do this by themselves.
  private static String turn(int orientation) {
    return switch (orientation) {
      case 2 -> "hflip,";
      case 3 -> "hflip,vflip,";
      case 4 -> "vflip,";
      case 5 -> "transpose=cclock_flip,";
      case 6 -> "transpose=clock,";
      case 7 -> "transpose=clock_flip,";
      case 8 -> "transpose=cclock,";
      default -> "";
    };
  }

  /// What is to be taken of what.
  ///
  /// @param options that stand before the address
  private record Still(
      List<String> options,
      SourceRelay.Lease lease,
      String stream,
      String filter,
      ToolLimits limits) {
    static Still of(Source source, List<String> options, int stream, String filter) {
      return new Still(
          joined(options, source.inputOptions()),
          source.lease(),
          Integer.toString(stream),
          filter,
          FILE_LIMITS);
    }
  }

  /// The same picture as the presentation has at this time, by the same grid.
  private Still frame(
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
    return Still.of(source, joined(List.of("-copyts"), decoding, seek), video.stream(), filter);
  }

  private static Still cover(Source source, int stream) {
    String picture = "scale=w='min(iw,1280)':h=-2:flags=bicubic,setsar=1";
    return Still.of(source, List.of(), stream, picture);
  }

  private List<String> command(Still still) {
    return joined(
        List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin"),
        still.options,
        List.of("-i", still.lease.url(), "-map", "0:" + still.stream),
        List.of("-vf", still.filter + Filters.JFIF),
        List.of("-map_metadata", "-1", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"),
        List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  private Optional<ByteBuffer> run(Still still, Cancellation cancellation)
      throws IOException, InterruptedException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    Exit exit =
        runner.run(
            command(still),
            still.limits,
            cancellation,
            stdout -> picture.writeBytes(stdout.readNBytes(MAX_BYTES)));
    still.lease.throwFailure();
    boolean taken = exit.ok() && picture.size() > 0;
    return taken ? Optional.of(ByteBuffer.wrap(picture.toByteArray())) : Optional.empty();
  }
}

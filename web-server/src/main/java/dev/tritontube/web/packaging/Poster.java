package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Takes one picture for a video: a key frame about a tenth into it, or the cover of a piece of
/// music.
final class Poster {
  private static final double WHERE = 0.1;
  private static final int SHORT_SIDE = 720;

  /// JPEG files have the matrix of BT.601 and the full range.
  private static final String JFIF = ",scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p";

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
  Optional<ByteBuffer> take(
      Source source, EncodingPlan plan, Optional<Integer> coverStream, Cancellation cancellation)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin"));
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      double where = plan.zeroSeconds() + plan.length().approximately() * WHERE;
      String seconds = String.format(Locale.ROOT, "%.3f", Math.max(0, where));
      command.addAll(
          List.of("-copyts", "-noaccurate_seek", "-skip_frame", "nokey", "-ss", seconds));
      command.addAll(source.inputOptions());
      command.addAll(List.of("-i", source.url(), "-map", "0:" + video.stream(), "-vf"));
      command.add(filters.picture(video.colour(), video.interlaced(), size(video)) + JFIF);
    } else if (coverStream.isPresent()) {
      command.addAll(source.inputOptions());
      command.addAll(List.of("-i", source.url(), "-map", "0:" + coverStream.get()));
      command.addAll(List.of("-vf", "scale=w='min(iw,1280)':h=-2:flags=bicubic,setsar=1" + JFIF));
    } else {
      return Optional.empty();
    }
    command.addAll(List.of("-map_metadata", "-1", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"));
    command.addAll(List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
    return run(command, source, cancellation);
  }

  private static Rung size(EncodingPlan.Video video) {
    return video.rungs().stream()
        .filter(rung -> Math.min(rung.width(), rung.height()) <= SHORT_SIDE)
        .reduce((_, larger) -> larger)
        .orElse(video.rungs().getFirst());
  }

  private Optional<ByteBuffer> run(List<String> command, Source source, Cancellation cancellation)
      throws IOException, InterruptedException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    Exit exit =
        runner.run(
            command,
            ToolLimits.encoding(1, Probe.MAX_PIXELS),
            cancellation,
            stdout -> picture.writeBytes(stdout.readNBytes(MAX_BYTES)));
    source.throwFailure();
    boolean taken = exit.ok() && picture.size() > 0;
    return taken ? Optional.of(ByteBuffer.wrap(picture.toByteArray())) : Optional.empty();
  }
}

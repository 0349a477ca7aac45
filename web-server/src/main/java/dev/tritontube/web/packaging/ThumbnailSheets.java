package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Makes the thumbnails of a film, on sheets, by one pass over its key frames: of what lies between
/// them nothing is decoded, and of most containers nothing is read.
final class ThumbnailSheets {
  /// Of a sheet, whatever is shown; usual ones have a fiftieth of it.
  private static final int MAX_BYTES = 8 << 20;

  private static final List<String> KEY_FRAMES =
      List.of("-skip_frame", "nokey", "-discard:v", "nokey");

  private final MediaTools tools;
  private final Filters filters;
  private final ToolRunner runner;

  ThumbnailSheets(MediaTools tools, Filters filters, ToolRunner runner) {
    this.tools = tools;
    this.filters = filters;
    this.runner = runner;
  }

  /// All sheets, in JPEG.
  ///
  /// @return empty when they cannot be made
  /// @throws IOException when the source could not be read
  Optional<List<ByteBuffer>> make(
      Source source, EncodingPlan plan, ThumbnailGrid grid, Cancellation cancellation)
      throws IOException, InterruptedException {
    List<ByteBuffer> sheets = new ArrayList<>();
    Exit exit =
        runner.run(
            command(source, plan, grid),
            ToolLimits.encoding(plan.length().approximately(), pixels(plan), false),
            cancellation,
            stdout -> read(stdout, sheets));
    source.throwFailure();
    return Optional.of(sheets).filter(all -> exit.ok() && all.size() == grid.sheets());
  }

  private List<String> command(Source source, EncodingPlan plan, ThumbnailGrid grid) {
    EncodingPlan.Video video = Objects.requireNonNull(plan.video());
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin", "-copyts"));
    command.addAll(ThumbnailGrid.byKeyFrames(plan) ? KEY_FRAMES : List.of());
    command.addAll(source.inputOptions());
    command.addAll(List.of("-i", source.url(), "-map", "0:" + video.stream()));
    command.addAll(List.of("-vf", filter(plan, video, grid)));
    command.addAll(List.of("-map_metadata", "-1", "-c:v", "mjpeg", "-q:v", "5"));
    command.addAll(List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
    return command;
  }

  /// At each of the times the last picture that began by then; the film's last one is there for all
  /// that is missing.
  private String filter(EncodingPlan plan, EncodingPlan.Video video, ThumbnailGrid grid) {
    String times =
        "setpts=PTS-(%s)/TB,fps=1/%d:start_time=0:round=up,tpad=stop=-1:stop_mode=clone,trim=end_frame=%d,"
            .formatted(EncodeCommand.seconds(plan.zeroSeconds()), grid.seconds(), grid.count());
    return times
        + filters.picture(video.colour(), video.interlaced(), grid.size())
        + Filters.JFIF
        + ",tile=%dx%d".formatted(grid.columns(), grid.rows());
  }

  private static long pixels(EncodingPlan plan) {
    EncodingPlan.SourcePictures source = Objects.requireNonNull(plan.video()).source();
    return source == null ? Probe.MAX_PIXELS : source.pixels();
  }

  /// A sheet that breaks off is left out.
  private static void read(InputStream stdout, List<ByteBuffer> sheets) throws IOException {
    PictureStream pictures = new PictureStream(stdout, StillFormat.JPG, MAX_BYTES);
    try {
      for (byte[] sheet = pictures.next(); sheet != null; sheet = pictures.next()) {
        sheets.add(ByteBuffer.wrap(sheet));
      }
    } catch (EOFException _) {
      // The program was ended, which its exit tells.
    }
  }
}

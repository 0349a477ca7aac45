package dev.tritontube.web.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The ffmpeg command that takes the pictures of a run, one after the other, to its standard
/// output. Every value in a filter comes from the plan and the order, none from the file's texts.
final class StillCommand {
  /// Where a container has no index, seeking may end behind the key frame. Most have one every 10
  /// s.
  private static final double BLIND_SEEK_SECONDS = 10.5;

  private final MediaTools tools;
  private final Filters filters;

  StillCommand(MediaTools tools, Filters filters) {
    this.tools = tools;
    this.filters = filters;
  }

  /// What is taken, of what.
  record Shot(Source source, EncodingPlan plan, EncodingPlan.Video video, Stills.Order order) {
    /// Of a picture of the source.
    long pixels() {
      EncodingPlan.SourcePictures pictures = video.source();
      return pictures == null ? order.pixels() : pictures.pixels();
    }
  }

  /// @param seeking whether to begin at the key frame before, rather than at the beginning
  List<String> of(Shot shot, StillRun run, boolean seeking) {
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin", "-copyts"));
    command.addAll(shot.source().inputOptions());
    if (seeking) {
      command.addAll(
          List.of("-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds(start(shot, run))));
    }
    command.addAll(List.of("-i", shot.source().url(), "-map", "0:" + shot.video().stream()));
    command.addAll(List.of("-vf", graph(shot, run, !seeking)));
    command.addAll(List.of("-map_metadata", "-1", "-frames:v", Integer.toString(run.count())));
    command.addAll(shot.order().format().encoder());
    command.addAll(List.of("-fps_mode", "passthrough", "-bitexact", "-f", "image2pipe", "pipe:1"));
    return command;
  }

  /// Whether a run can begin elsewhere than at the beginning.
  boolean canSeek(Shot shot, StillRun run) {
    return shot.plan().container().seeking() != Container.Seeking.NONE
        && start(shot, run) > shot.plan().zeroSeconds();
  }

  /// On the file's clock. Behind the last picture there is none to seek to.
  private static double start(Shot shot, StillRun run) {
    EncodingPlan.Video video = shot.video();
    double last = (video.pictures() - 1) / video.rate().approximately();
    boolean keyFrames = shot.plan().container().seeking() == Container.Seeking.KEY_FRAMES;
    double early = keyFrames ? 0 : BLIND_SEEK_SECONDS;
    return shot.plan().zeroSeconds() + Math.min(run.startSeconds(), last) - early;
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  /// Pictures are only converted after they are chosen; those of interlaced video need the ones
  /// beside them before.
  private String graph(Shot shot, StillRun run, boolean whole) {
    Stills.Order order = shot.order();
    SourceMedia.Colour colour = shot.video().colour();
    // zscale has no odd sizes in 4:2:0.
    ShownSize size =
        colour.hdr()
            ? new ShownSize(order.width() + order.width() % 2, order.height() + order.height() % 2)
            : new ShownSize(order.width(), order.height());
    String exact = colour.hdr() ? ",scale=" + order.width() + ":" + order.height() : "";
    return Filters.deinterlacing(shot.video().interlaced())
        + "setpts='round(PTS-("
        + seconds(shot.plan().zeroSeconds())
        + ")/TB)',"
        + run.filters(whole)
        + ","
        + filters.picture(colour, size)
        + exact
        + order.format().filter();
  }
}

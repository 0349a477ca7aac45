package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.EncodingPlan.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The one ffmpeg command that makes some representations of a plan with one decoding.
///
/// Times are kept as they are in the source (`-copyts`) and moved by the plan's zero, so that
/// pictures and sound keep their distance whatever the container's clock says. Pictures then go on
/// the plan's grid (`fps`, which fills gaps and late starts with copies), the last is cloned as
/// long as needed, and the plan's number of frames is cut off; sound is filled with silence and cut
/// likewise. Every value in a filter comes from the plan, none from the file's texts.
final class EncodeCommand {
  private static final String CRF = "23";
  private static final List<String> PLAIN_COPY =
      List.of("-map_metadata", "-1", "-map_chapters", "-1");

  private final MediaTools tools;
  private final Filters filters;

  EncodeCommand(MediaTools tools, Filters filters) {
    this.tools = tools;
    this.filters = filters;
  }

  /// @param outputs where each representation of the selection goes, rungs first, in its order
  List<String> of(Source source, EncodingPlan plan, Selection selection, List<Path> outputs) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin", "-y", "-copyts"));
    command.addAll(source.inputOptions());
    command.addAll(List.of("-i", source.url(), "-filter_complex", graph(plan, selection)));
    int output = 0;
    for (int i = 0; i < selection.rungs().size(); i++) {
      command.addAll(List.of("-map", "[v" + i + "]"));
      command.addAll(video(plan, selection.rungs().get(i)));
      command.add(outputs.get(output++).toString());
    }
    for (int i = 0; i < selection.audios().size(); i++) {
      command.addAll(List.of("-map", "[a" + i + "]"));
      command.addAll(audio());
      command.add(outputs.get(output++).toString());
    }
    return command;
  }

  private String graph(EncodingPlan plan, Selection selection) {
    List<String> chains = new ArrayList<>();
    EncodingPlan.Video video = plan.video();
    if (video != null && !selection.rungs().isEmpty()) {
      chains.addAll(videoChains(plan, video, selection.rungs()));
    }
    for (int i = 0; i < selection.audios().size(); i++) {
      chains.add(
          "[0:%d]%s[a%d]".formatted(selection.audios().get(i).stream(), audioFilters(plan), i));
    }
    return String.join(";", chains);
  }

  /// Scales to the largest rung once, and from there to the smaller ones.
  private List<String> videoChains(EncodingPlan plan, EncodingPlan.Video video, List<Rung> rungs) {
    Rung largest = rungs.stream().max(Comparator.comparingLong(Rung::pixels)).orElseThrow();
    List<String> chains = new ArrayList<>();
    StringBuilder trunk =
        new StringBuilder("[0:%d]".formatted(video.stream()))
            .append(
                String.format(
                    Locale.ROOT,
                    "setpts=PTS-(%.6f)/TB,fps=%s:start_time=0:round=near,",
                    plan.zeroSeconds(),
                    video.rate()))
            .append("tpad=stop=-1:stop_mode=clone,trim=end_frame=" + video.frames() + ",")
            .append(filters.picture(video.colour(), video.interlaced(), largest))
            .append(",split=" + rungs.size());
    for (int i = 0; i < rungs.size(); i++) {
      trunk.append("[s" + i + "]");
    }
    chains.add(trunk.toString());
    for (int i = 0; i < rungs.size(); i++) {
      chains.add("[s%d]%s[v%d]".formatted(i, filters.resize(largest, rungs.get(i)), i));
    }
    return chains;
  }

  private static String audioFilters(EncodingPlan plan) {
    return String.format(
        Locale.ROOT,
        "asetpts=PTS-(%.6f)/TB,aresample=%d:async=1:min_hard_comp=0.010:first_pts=0,"
            + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample=%d",
        plan.zeroSeconds(),
        EncodingPlan.AUDIO_RATE,
        plan.audioFrames() * EncodingPlan.AUDIO_FRAME);
  }

  private static List<String> video(EncodingPlan plan, Rung rung) {
    EncodingPlan.Video video = java.util.Objects.requireNonNull(plan.video());
    String gop = Integer.toString(video.gop());
    List<String> options = new ArrayList<>(PLAIN_COPY);
    options.addAll(List.of("-fps_mode", "passthrough"));
    options.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high"));
    options.addAll(List.of("-level:v", rung.level() / 10 + "." + rung.level() % 10, "-crf", CRF));
    options.addAll(List.of("-maxrate", Long.toString(rung.capBitsPerSecond())));
    options.addAll(List.of("-bufsize", Long.toString(rung.capBitsPerSecond() * 3 / 2)));
    options.addAll(List.of("-g", gop, "-keyint_min", gop, "-sc_threshold", "0"));
    options.addAll(List.of("-flags", "+cgop", "-bf", "2"));
    options.addAll(List.of("-colorspace", "bt709", "-color_primaries", "bt709"));
    options.addAll(List.of("-color_trc", "bt709", "-color_range", "tv"));
    options.addAll(
        List.of("-video_track_timescale", Long.toString(video.timescale()), "-bitexact"));
    options.addAll(List.of("-f", "mp4", "-flush_packets", "1", "-movflags"));
    options.add("+frag_keyframe+empty_moov+default_base_moof+cmaf+skip_trailer");
    return options;
  }

  private static List<String> audio() {
    List<String> options = new ArrayList<>(PLAIN_COPY);
    options.addAll(
        List.of("-c:a", "aac", "-b:a", Integer.toString(EncodingPlan.AUDIO_BITS_PER_SECOND)));
    options.addAll(List.of("-bitexact", "-flush_packets", "1", "-f", "adts"));
    return options;
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The one ffmpeg command that makes a span of a plan with one decoding.
///
/// Times are kept as they are in the source (`-copyts`) and moved by the plan's zero, so that
/// pictures and sound keep their distance whatever the container's clock says. Pictures then go on
/// the plan's grid (`fps`, which fills gaps and late starts with copies), the last is cloned as
/// long as needed, and the span's number of frames is cut off; sound is filled with silence and cut
/// likewise. Every value in a filter comes from the plan, none from the file's texts.
///
/// A span in the middle begins at the key frame before it: what comes too early is decoded and
/// dropped by the grid, so that a span has exactly the frames that one run over everything would
/// give it.
final class EncodeCommand {
  private static final List<String> PLAIN_COPY =
      List.of("-map_metadata", "-1", "-map_chapters", "-1");

  /// Clocks of containers are rounded; a key frame as little after the wanted time is the one.
  private static final double CLOCK_ERROR = 0.0005;

  /// Where a container has no index, seeking may end behind the key frame. Most have one every 10
  /// s.
  private static final double BLIND_SEEK_SECONDS = 10.5;

  /// Sound is decoded from a little earlier, so that decoder and resampler have settled.
  private static final double SETTLING_SECONDS = 0.1;

  private final MediaTools tools;
  private final Filters filters;

  EncodeCommand(MediaTools tools, Filters filters) {
    this.tools = tools;
    this.filters = filters;
  }

  /// @param outputs where each representation of the span goes, in its order
  List<String> of(Source source, EncodingPlan plan, Span span, List<Path> outputs) {
    List<String> command = start();
    command.add("-copyts");
    command.addAll(source.inputOptions());
    command.addAll(seek(source.container(), plan, span));
    command.addAll(List.of("-i", source.url(), "-filter_complex", graph(plan, span)));
    command.addAll(outputs(plan, span, outputs));
    return command;
  }

  /// The same span of black pictures or silence, for what cannot be decoded.
  List<String> filler(EncodingPlan plan, Span span, List<Path> outputs) {
    List<String> command = start();
    List<String> chains = new ArrayList<>();
    for (int i = 0; i < span.representations().size(); i++) {
      String id = span.representations().get(i);
      command.addAll(
          List.of(
              "-f",
              "lavfi",
              "-i",
              plan.rung(id)
                  .map(r -> black(plan, r))
                  .orElse("anullsrc=r=" + EncodingPlan.AUDIO_RATE + ":cl=stereo")));
      String cut =
          plan.rung(id).isPresent()
              ? "trim=end_frame=" + plan.frames(span)
              : "atrim=end_sample=" + new SoundCut(plan, span).samples();
      chains.add("[" + i + ":0]" + cut + "[o" + i + "]");
    }
    command.addAll(List.of("-filter_complex", String.join(";", chains)));
    command.addAll(outputs(plan, span, outputs));
    return command;
  }

  private List<String> start() {
    return new ArrayList<>(List.of(tools.ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
  }

  private static String black(EncodingPlan plan, Rung rung) {
    return "color=c=black:s=%dx%d:r=%s".formatted(rung.width(), rung.height(), video(plan).rate());
  }

  private static List<String> outputs(EncodingPlan plan, Span span, List<Path> outputs) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      options.addAll(List.of("-map", "[o" + i + "]"));
      options.addAll(
          plan.rung(span.representations().get(i))
              .map(rung -> video(plan, span, rung))
              .orElseGet(() -> audio(plan)));
      options.add(outputs.get(i).toString());
    }
    return options;
  }

  private static List<String> seek(Container container, EncodingPlan plan, Span span) {
    if (span.first() == 0) {
      return List.of();
    }
    double start = plan.zeroSeconds();
    if (plan.rung(span.representations().getFirst()).isPresent()) {
      start += firstPicture(plan, span) / video(plan).rate().approximately();
    } else {
      start += new SoundCut(plan, span).startSeconds() - SETTLING_SECONDS;
    }
    return seekTo(container, start);
  }

  /// To the key frame at or before a time on the source's clock, or so far before that there should
  /// be one between.
  static List<String> seekTo(Container container, double seconds) {
    boolean keyFrames = container.seeking() == Container.Seeking.KEY_FRAMES;
    double start = seconds + (keyFrames ? CLOCK_ERROR : -BLIND_SEEK_SECONDS);
    return start <= 0 || container.seeking() == Container.Seeking.NONE
        ? List.of()
        : List.of("-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds(start));
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  private String graph(EncodingPlan plan, Span span) {
    List<Rung> rungs =
        span.representations().stream().flatMap(id -> plan.rung(id).stream()).toList();
    List<String> chains = rungs.isEmpty() ? new ArrayList<>() : videoChains(plan, span, rungs);
    for (int i = rungs.size(); i < span.representations().size(); i++) {
      EncodingPlan.Audio audio = plan.audio(span.representations().get(i)).orElseThrow();
      chains.add("[0:%d]%s[o%d]".formatted(audio.stream(), audioFilters(plan, span), i));
    }
    return String.join(";", chains);
  }

  /// Scales to the largest rung once, and from there to the smaller ones.
  private List<String> videoChains(EncodingPlan plan, Span span, List<Rung> rungs) {
    EncodingPlan.Video video = video(plan);
    Rung largest = rungs.stream().max(Comparator.comparingLong(Rung::pixels)).orElseThrow();
    List<String> chains = new ArrayList<>();
    StringBuilder trunk =
        new StringBuilder("[0:%d]".formatted(video.stream()))
            .append("setpts=PTS-(" + seconds(plan.zeroSeconds()) + ")/TB,")
            .append(grid(plan, span) + ",")
            .append("setpts=PTS-STARTPTS,")
            .append(filters.picture(video.colour(), video.interlaced(), largest))
            .append(",split=" + rungs.size());
    for (int i = 0; i < rungs.size(); i++) {
      trunk.append("[s" + i + "]");
    }
    chains.add(trunk.toString());
    for (int i = 0; i < rungs.size(); i++) {
      chains.add("[s%d]%s[o%d]".formatted(i, filters.resize(largest, rungs.get(i)), i));
    }
    return chains;
  }

  /// The span's places of the grid, each with the picture that is shown then. A span behind the
  /// last picture begins with that one, of which the copies up to the span are dropped.
  private static String grid(EncodingPlan plan, Span span) {
    long skipped = firstPlace(plan, span) - firstPicture(plan, span);
    return "fps=%s:start_time=%s:round=near,tpad=stop=-1:stop_mode=clone,trim=start_frame=%d:end_frame=%d"
        .formatted(
            video(plan).rate(),
            seconds(firstPicture(plan, span) / video(plan).rate().approximately()),
            skipped,
            skipped + plan.frames(span));
  }

  private static long firstPlace(EncodingPlan plan, Span span) {
    return video(plan).timeline().segment(span.first()).start() / video(plan).frameTicks();
  }

  private static long firstPicture(EncodingPlan plan, Span span) {
    return Math.min(firstPlace(plan, span), video(plan).pictures() - 1);
  }

  private static EncodingPlan.Video video(EncodingPlan plan) {
    return Objects.requireNonNull(plan.video());
  }

  private static String audioFilters(EncodingPlan plan, Span span) {
    SoundCut cut = new SoundCut(plan, span);
    double settled = cut.startSeconds() - SETTLING_SECONDS;
    String early = span.first() == 0 ? "" : "atrim=start=" + seconds(settled) + ",";
    return String.format(
        Locale.ROOT,
        "asetpts=PTS-(%.6f)/TB,%saresample=%d:async=1:min_hard_comp=0.010:first_pts=%d,"
            + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample=%d",
        plan.zeroSeconds(),
        early,
        EncodingPlan.AUDIO_RATE,
        cut.start(),
        cut.samples());
  }

  private static List<String> video(EncodingPlan plan, Span span, Rung rung) {
    EncodingPlan.Video video = video(plan);
    List<String> options = new ArrayList<>(PLAIN_COPY);
    options.addAll(List.of("-fps_mode", "passthrough"));
    options.addAll(encoder(rung, plan.tuning(rung), longestGop(video)));
    options.addAll(keyFrames(video, span));
    options.addAll(List.of("-colorspace", "bt709", "-color_primaries", "bt709"));
    options.addAll(List.of("-color_trc", "bt709", "-color_range", "tv"));
    options.addAll(
        List.of("-video_track_timescale", Long.toString(video.timescale()), "-bitexact"));
    options.addAll(List.of("-f", "mp4", "-flush_packets", "1", "-movflags"));
    options.add("+frag_keyframe+empty_moov+default_base_moof+cmaf+skip_trailer");
    return options;
  }

  private static List<String> encoder(Rung rung, Tuning tuning, String gop) {
    List<String> options =
        new ArrayList<>(List.of("-c:v", rung.codec().encoder(), "-preset", tuning.preset()));
    options.addAll(List.of("-crf", Integer.toString(tuning.crf())));
    options.addAll(
        switch (rung.codec()) {
          case H264 ->
              List.of(
                  "-profile:v",
                  "high",
                  "-level:v",
                  rung.level() / 10 + "." + rung.level() % 10,
                  "-flags",
                  "+cgop",
                  "-bf",
                  "2",
                  "-keyint_min",
                  gop,
                  "-sc_threshold",
                  "0");
          case HEVC ->
              List.of(
                  "-tag:v",
                  "hvc1",
                  "-profile:v",
                  "main",
                  "-forced-idr",
                  "1",
                  "-x265-params",
                  "log-level=error:scenecut=0:open-gop=0:min-keyint=%s:level-idc=%d:high-tier=0"
                      .formatted(gop, rung.level() / 3));
          case AV1 -> List.of("-svtav1-params", "scd=0");
        });
    if (rung.codec() != Codec.AV1) { // Its encoder takes no bound beside a rate factor.
      options.addAll(List.of("-maxrate", Long.toString(rung.capBitsPerSecond())));
      options.addAll(List.of("-bufsize", Long.toString(rung.capBitsPerSecond() * 3 / 2)));
    }
    return options;
  }

  private static String longestGop(EncodingPlan.Video video) {
    return Long.toString(
        video.copy() == null ? video.gop() : video.timeline().longest() / video.frameTicks());
  }

  /// Where segments begin: every so many frames, or where the source's own do.
  private static List<String> keyFrames(EncodingPlan.Video video, Span span) {
    Timeline timeline = video.timeline();
    boolean regular = video.copy() == null;
    List<String> options = new ArrayList<>(List.of("-g", longestGop(video)));
    if (!regular) {
      long start = timeline.segment(span.first()).start();
      String times =
          LongStream.range(span.first() + 1, span.end())
              .map(number -> timeline.segment(number).start() - start)
              .mapToObj(ticks -> seconds((double) ticks / timeline.timescale() - CLOCK_ERROR))
              .collect(Collectors.joining(","));
      options.addAll(times.isEmpty() ? List.of() : List.of("-force_key_frames", times));
    }
    return options;
  }

  private static List<String> audio(EncodingPlan plan) {
    List<String> options = new ArrayList<>(PLAIN_COPY);
    options.addAll(List.of("-c:a", "aac", "-b:a", Integer.toString(plan.soundBitsPerSecond())));
    options.addAll(List.of("-bitexact", "-flush_packets", "1", "-f", "adts"));
    return options;
  }
}

package dev.tritontube.bench.media;

import dev.tritontube.bench.TemporaryCluster;
import dev.tritontube.local.Browser;
import dev.tritontube.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tritontube bench media`: uploads clips of 1080p30 and watches them in Chromium.
@Command(
    name = "media",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "How soon and how smoothly uploads play in Chromium, and what encoding costs",
    footer = {
      "",
      "Each run uploads the clip as other bytes, with the player's library loaded.",
      "The page asks for the manifest every 50 ms. The server, ffmpeg and the browser",
      "share this machine. An upload of 3600 seconds takes 15 GB of disk for a while.",
      "",
      "content: a slide show, a talk, sport and noise, by the ladder that follows the content",
      "and by the fixed one: three minutes.",
      "",
      "crowd: 50 clips of 5 to 60 seconds are uploaded at once, after a film of an hour,",
      "while 20 watch, one of them in Chromium. It takes about six minutes and 17 GB of disk.",
      "Whether an hour plays to its end without a stall: --only play --together --seconds 3600,",
      "which plays it in the three players at once, so it takes an hour."
    })
public final class MediaBench implements Callable<Integer> {
  /// The length at which the other formats are measured, too.
  private static final int ALL_FORMATS_SECONDS = 60;

  /// A longer ladder takes longer, but costs no more a second.
  private static final int LADDER_SECONDS = 60;

  private static final int WARM_UP_SECONDS = 10;

  /// Until the just-in-time compilers of processes that were just started have done most.
  private static final int LADDER_WARM_UPS = 4;

  private enum Part {
    START,
    SEEK,
    PLAY,
    LADDER,
    CONTENT,
    CROWD
  }

  /// What a client has in its own machine has not arrived: on the loopback the system would keep
  /// whole clips there. In bytes; the HTTP client reads it when it is first used.
  private static final String SENDING = "jdk.httpclient.sendBufferSize";

  private static final String SENDING_BYTES = "65536";

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--seconds",
      split = ",",
      defaultValue = "10,60,600",
      description =
          "lengths of the clips, 10 to 60 or whole minutes; at 60, HEVC, VP9 and MPEG-TS as well (default: ${DEFAULT-VALUE})")
  private List<Integer> seconds = List.of();

  @Option(
      names = "--runs",
      defaultValue = "10",
      description = "for each row of start and seek (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "start,seek,play,ladder",
      description = "parts: start, seek, play, ladder, content, crowd (default: ${DEFAULT-VALUE})")
  private Set<Part> parts = Set.of();

  @Option(
      names = "--together",
      description = "play: one upload in the three players at once, not one after the other")
  private boolean together;

  @Option(
      names = "--film",
      defaultValue = "3600",
      description =
          "seconds of the film before the crowd, a multiple of 5 (default: ${DEFAULT-VALUE})")
  private int filmSeconds;

  @Option(
      names = "--cold",
      description = "crowd: of servers that have just been started, not of such as took 200 clips")
  private boolean cold;

  @Override
  public Integer call() throws Exception {
    if (seconds.stream().anyMatch(length -> length < 10 || length > 60 && length % 60 != 0)) {
      throw new ParameterException(
          command.commandLine(), "--seconds: lengths from 10 to 60, or whole minutes");
    }
    System.setProperty(SENDING, SENDING_BYTES);
    TemporaryCluster temporary = TemporaryCluster.start();
    Clips clips = new Clips(temporary.folder());
    watch(temporary.cluster(), clips);
    if (parts.contains(Part.CROWD)) {
      new CrowdBench(temporary.cluster(), temporary.folder()).measure(filmSeconds, cold);
    }
    if (parts.contains(Part.CONTENT)) {
      new ContentBench(temporary.cluster(), temporary.folder()).measure();
    }
    if (parts.contains(Part.LADDER)) {
      ladder(temporary.cluster(), clips, temporary.folder());
    }
    return 0;
  }

  private void watch(LocalCluster cluster, Clips clips) throws IOException, InterruptedException {
    boolean starts = parts.contains(Part.START) || parts.contains(Part.SEEK);
    if (!starts && !parts.contains(Part.PLAY)) {
      return;
    }
    try (PageServer pages = new PageServer(cluster.webUri());
        Browser browser = new Browser()) {
      // Also when it is interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
      Premiere premiere = new Premiere(cluster, pages, browser);
      warmUp(premiere, clips);
      if (starts) {
        starts(premiere, clips);
      }
      if (parts.contains(Part.PLAY)) {
        plays(premiere, clips);
      }
    }
  }

  /// For the just-in-time compiler of the server and the caches of the browser.
  private static void warmUp(Premiere premiere, Clips clips)
      throws IOException, InterruptedException {
    Clip clip = clips.make(Format.H264, WARM_UP_SECONDS);
    for (Player player : Player.values()) {
      premiere.show(clip, player, (same, viewer, start) -> start);
    }
  }

  private void starts(Premiere premiere, Clips clips) throws IOException, InterruptedException {
    List<Clip> made = new ArrayList<>();
    for (int length : seconds) {
      made.add(clips.make(Format.H264, length));
    }
    if (seconds.contains(ALL_FORMATS_SECONDS)) {
      for (Format format : List.of(Format.HEVC, Format.VP9, Format.TS)) {
        made.add(clips.make(format, ALL_FORMATS_SECONDS));
      }
    }
    StartBench bench = new StartBench(premiere, runs, parts.contains(Part.SEEK));
    for (Clip clip : made) {
      bench.measure(clip);
    }
  }

  private void plays(Premiere premiere, Clips clips) throws IOException, InterruptedException {
    PlayBench bench = new PlayBench(premiere);
    for (int length : seconds) {
      Clip clip = clips.make(Format.H264, length);
      if (together) {
        bench.measureTogether(clip);
      } else {
        bench.measure(clip);
      }
    }
  }

  private void ladder(LocalCluster cluster, Clips clips, Path folder)
      throws IOException, InterruptedException {
    int length = Math.min(seconds.stream().max(Integer::compare).orElseThrow(), LADDER_SECONDS);
    LadderBench bench = new LadderBench(cluster, folder);
    ladder(bench, clips, length);
    bench.startWorkers();
    ladder(bench, clips, length);
  }

  private static void ladder(LadderBench bench, Clips clips, int length)
      throws IOException, InterruptedException {
    for (int i = 0; i < LADDER_WARM_UPS; i++) {
      bench.warmUp(clips.make(Format.H264, length)); // So long that each worker has some of it.
    }
    // H.264 may be copied for the largest size; HEVC never is.
    for (Format format : List.of(Format.H264, Format.HEVC)) {
      bench.measure(clips.make(format, length));
    }
  }
}

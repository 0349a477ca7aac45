package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tritontube.web.packaging.StillCommand.Shot;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures of clips whose frames are numbered, held against what plain decoding of the whole file
/// says is shown at each time.
class StillsTest {
  /// Everything in one run.
  private static final double NEVER = 1e9;

  /// Each time in a run of its own.
  private static final double ALWAYS = 0;

  private static MediaTools tools;
  private static SourceRelay relay;
  private static ToolRunner runner;

  /// How many times are tried each by itself.
  private static final int SOUGHT = 5;

  @TempDir Path folder;
  private CountedClips counted;

  @BeforeAll
  static void start() throws Exception {
    tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
    relay = new SourceRelay();
    runner = new ToolRunner(Confinement.choose(tools, relay.port()));
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  @BeforeEach
  void use() {
    counted = new CountedClips(folder);
  }

  /// A clip with its plan.
  private record Planned(Source source, EncodingPlan plan) {
    EncodingPlan.Video video() {
      return Objects.requireNonNull(plan.video());
    }
  }

  private Planned planned(byte[] clip) throws Exception {
    Container container =
        Container.sniff(Arrays.copyOf(clip, Math.min(clip.length, Container.HEAD_BYTES)))
            .orElseThrow();
    Source source = new Source(relay.lend(new BytesOriginal(clip)), container);
    SourceMedia media =
        new Probe(new Ffprobe(tools.ffprobe(), runner)).probe(source, new Cancellation());
    return new Planned(source, new Planner(false, Profiles.usual()).plan(media, Profiles.STANDARD));
  }

  private List<byte[]> take(Planned planned, Stills.Order order, int first, double gapSeconds)
      throws Exception {
    return take(planned, order, first, gapSeconds, new Filters(false));
  }

  private List<byte[]> take(
      Planned planned, Stills.Order order, int first, double gapSeconds, Filters filters)
      throws Exception {
    StillCamera camera = new StillCamera(new StillCommand(tools, filters), runner, _ -> gapSeconds);
    List<byte[]> pictures = new ArrayList<>();
    camera.takeAll(
        new Shot(planned.source(), planned.plan(), planned.video(), order),
        first,
        (index, picture) -> {
          assertEquals(first + pictures.size(), index);
          pictures.add(picture);
        },
        new Cancellation());
    return pictures;
  }

  private static List<Integer> numbers(List<byte[]> pictures) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (byte[] picture : pictures) {
      numbers.add(CountedClips.number(picture));
    }
    return numbers;
  }

  private static Stills.Order jpg(StillTimes times) {
    return new Stills.Order(times, StillFormat.JPG, 160, 90);
  }

  private static StillTimes at(long... millis) {
    return new StillTimes.Listed(LongStream.of(millis).boxed().toList());
  }

  /// What is shown at some times, by all frames of the file.
  private List<Integer> shown(Planned planned, String file, StillTimes times) throws Exception {
    NavigableMap<Double, Integer> frames = counted.frames(folder.resolve(file));
    return IntStream.range(0, times.count())
        .mapToObj(
            index ->
                CountedClips.shown(
                    frames, planned.plan().zeroSeconds() + times.millis(index) / 1000.0))
        .toList();
  }

  private void assertTakes(byte[] clip, String file, StillTimes times) throws Exception {
    Planned planned = planned(clip);
    List<Integer> shown = shown(planned, file, times);
    assertEquals(shown, numbers(take(planned, jpg(times), 0, NEVER)), "in one run");
    int first = times.count() - SOUGHT;
    assertEquals(
        shown.subList(first, times.count()),
        numbers(take(planned, jpg(times), first, ALWAYS)),
        "each by itself");
  }

  /// At frames, right before and after them, at the beginning and the end, of all ways to seek.
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts"})
  void takesTheFrameThatIsShownThen(String kind) throws Exception {
    String file = "a." + kind;
    byte[] clip = counted.make(file, "10", "30");
    assertTakes(clip, file, at(0, 99, 100, 101, 1999, 2000, 2050, 14_949, 25_000, 29_901, 30_000));
  }

  @Test
  void takesThemWithoutARegularRate() throws Exception {
    byte[] clip =
        counted.make(
            "a.mp4",
            "30",
            "8",
            "-vf",
            "settb=1/90000,select='not(eq(mod(n,7),3))',setpts=PTS+0.004*mod(N\\,4)/TB",
            "-fps_mode",
            "vfr",
            "-enc_time_base",
            "1:90000");
    assertTakes(clip, "a.mp4", at(0, 33, 34, 37, 101, 1333, 1334, 4000, 5017, 7950));
  }

  /// What an edit list cuts off is not shown, and what begins late is shown from the start.
  @Test
  void takesThemBehindAnEditList() throws Exception {
    counted.make("whole.mp4", "10", "12");
    byte[] clip =
        counted
            .clips()
            .make(
                "a.mp4",
                "-ss",
                "1.05",
                "-i",
                folder.resolve("whole.mp4").toString(),
                "-c",
                "copy",
                "-avoid_negative_ts",
                "disabled");
    assertTakes(clip, "a.mp4", at(0, 49, 50, 51, 1000, 5555, 10_000));
  }

  @Test
  void goesOnWithTheLastFrameWhereSoundGoesOn() throws Exception {
    byte[] clip =
        counted
            .clips()
            .make(
                "a.mp4",
                "-f",
                "lavfi",
                "-i",
                CountedClips.PICTURES.formatted("10", "2"),
                "-f",
                "lavfi",
                "-i",
                "anullsrc=d=9",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "aac");
    Planned planned = planned(clip);
    StillTimes grid = StillTimes.every(1500, 9000);
    List<Integer> expected = List.of(0, 15, 19, 19, 19, 19);
    assertEquals(expected, numbers(take(planned, jpg(grid), 0, NEVER)));
    assertEquals(expected, numbers(take(planned, jpg(grid), 0, ALWAYS)));
  }

  @Test
  void takesAGridFromWhereItStopped() throws Exception {
    byte[] clip = counted.make("a.mp4", "10", "30");
    Planned planned = planned(clip);
    StillTimes grid = StillTimes.spread(77, 30_000);
    List<Integer> shown = shown(planned, "a.mp4", grid);
    assertEquals(shown, numbers(take(planned, jpg(grid), 0, NEVER)));
    assertEquals(shown.subList(50, 77), numbers(take(planned, jpg(grid), 50, NEVER)));
    assertEquals(shown.subList(73, 77), numbers(take(planned, jpg(grid), 73, ALWAYS)));
  }

  @Test
  void takesPngInAnySizeAndTurnsWhatIsTurned() throws Exception {
    counted.make("plain.mp4", "10", "2");
    byte[] clip =
        counted
            .clips()
            .make(
                "a.mp4",
                "-i",
                folder.resolve("plain.mp4").toString(),
                "-c",
                "copy",
                "-metadata:s:v:0",
                "rotate=180");
    Planned planned = planned(clip);
    Stills.Order order = new Stills.Order(at(0, 700), StillFormat.PNG, 111, 63);
    byte[] picture = take(planned, order, 0, NEVER).getLast();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    assertEquals("111x63", image.getWidth() + "x" + image.getHeight());
    // The bits come from the other side: 0000000000000111 is 1110000000000000.
    assertEquals(0b1110_0000_0000_0000, CountedClips.number(picture));
  }

  @Test
  void tonesHdrInAnySize() throws Exception {
    assumeTrue(
        Clips.output(tools.ffmpeg().toString(), "-v", "error", "-filters").contains(" zscale "));
    byte[] clip =
        counted
            .clips()
            .make(
                "a.mp4",
                "-f",
                "lavfi",
                "-i",
                CountedClips.PICTURES.formatted("10", "1"),
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p10le",
                "-x265-params",
                "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc");
    Planned planned = planned(clip);
    assertTrue(planned.video().colour().hdr());
    Stills.Order order = new Stills.Order(at(500, 700), StillFormat.JPG, 101, 57);
    List<byte[]> pictures = take(planned, order, 0, NEVER, new Filters(true));
    assertEquals(List.of(5, 7), numbers(pictures));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(pictures.getFirst()));
    assertEquals("101x57", image.getWidth() + "x" + image.getHeight());
  }

  /// What cannot be decoded is not there; the frame before it is shown instead.
  @Test
  void takesAllOfAFileThatIsCutOff() throws Exception {
    byte[] clip = counted.make("a.mkv", "10", "30");
    byte[] half = Arrays.copyOf(clip, clip.length / 2);
    Planned planned = planned(half);
    StillTimes times = StillTimes.every(5000, 30_000);
    for (double gap : new double[] {NEVER, ALWAYS}) {
      List<Integer> numbers = numbers(take(planned, jpg(times), 0, gap));
      assertEquals(6, numbers.size());
      assertEquals(List.of(0, 50), numbers.subList(0, 2));
      assertTrue(numbers.getLast() < 200, numbers::toString);
    }
  }

  @Test
  void aPictureThatIsTooLargeEndsIt() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0x7f, 0, 0, 0, 'I', 'D', 'A', 'T'};
    PictureStream pictures =
        new PictureStream(new ByteArrayInputStream(png), StillFormat.PNG, 1000);
    assertThrows(Stills.TooLargeException.class, pictures::next);
  }
}

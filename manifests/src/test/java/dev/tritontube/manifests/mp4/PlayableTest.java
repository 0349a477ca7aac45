package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.dash.Mpd;
import dev.tritontube.manifests.hls.Playlists;
import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clip encoded, cut into segments and decoded again through both manifests. Its pictures are
/// made in two jobs, its sound is cut anew on the grid of its frames.
class PlayableTest {
  private static final int FRAMES = 75;
  private static final int AUDIO_FRAMES = 118;
  private static final int AUDIO_SEGMENT_FRAMES = 47;
  private static final MediaUrls URLS = new MediaUrls("r1");
  private static final VideoRepresentation PICTURES =
      new VideoRepresentation(
          "90p", "avc1.4D400B", new Bandwidth(2_000_000, 1_000_000), 160, 90, Rational.of(30));
  private static final AudioRepresentation SOUND =
      new AudioRepresentation("aac", "mp4a.40.2", new Bandwidth(100_000, 64_000), 48_000, 2);
  private static final Timeline PICTURE_TIMES = Timeline.uniform(30_000, 30_000, FRAMES * 1000L);
  private static final Timeline SOUND_TIMES =
      Timeline.uniform(48_000, AUDIO_SEGMENT_FRAMES * 1024L, AUDIO_FRAMES * 1024L);

  @TempDir private Path folder;

  @BeforeEach
  void publish() throws Exception {
    pictures();
    sound();
    Presentation presentation =
        Presentation.of(
            PICTURE_TIMES.duration(),
            List.of(new VideoTrack("video", Role.MAIN, PICTURE_TIMES, List.of(PICTURES))),
            List.of(new AudioTrack("audio", Role.MAIN, "en", "", SOUND_TIMES, List.of(SOUND))));
    write("manifest.mpd", Mpd.render(presentation, URLS).getBytes(UTF_8));
    write("master.m3u8", Playlists.master(presentation, URLS).getBytes(UTF_8));
    for (String id : List.of("90p", "aac")) {
      write(
          URLS.playlist(id), Playlists.media(presentation, URLS, id).orElseThrow().getBytes(UTF_8));
    }
  }

  @Test
  void ffmpegDecodesEveryFrameOfBothManifests() throws Exception {
    for (String manifest : List.of("manifest.mpd", "master.m3u8")) {
      String path = folder.resolve(manifest).toString();
      assertEquals(FRAMES, Ffmpeg.frames(path, "v"), manifest);
      assertEquals(AUDIO_FRAMES, Ffmpeg.frames(path, "a"), manifest);
    }
  }

  @Test
  void checkerFindsNothing() throws IOException {
    assertEquals(List.of(), pictureChecker(PICTURE_TIMES).findings());
    SegmentChecker sound = new SegmentChecker(SOUND, SOUND_TIMES, bytes(SOUND.id(), "init.mp4"));
    for (Segment segment : SOUND_TIMES.segments().toList()) {
      sound.check(segment.number(), bytes(SOUND.id(), segment.number() + ".m4s"));
    }
    assertEquals(List.of(), sound.findings());
  }

  @Test
  void checkerFindsWhatIsWrong() throws IOException {
    List<String> shifted = pictureChecker(PICTURE_TIMES.from(5, 0)).findings();
    assertTrue(shifted.contains("90p: segment 0 begins at 0, not 5"), shifted.toString());
    List<String> longer = pictureChecker(Timeline.uniform(30_000, 30_000, 80_000)).findings();
    assertEquals(List.of("90p: segment 2 lasts 15000 ticks, not 20000"), longer);
    List<String> missing = pictureChecker(Timeline.uniform(30_000, 30_000, 120_000)).findings();
    assertTrue(missing.contains("90p: 3 of 4 segments were checked"), missing.toString());

    VideoRepresentation other =
        new VideoRepresentation(
            "90p", "avc1.64001F", new Bandwidth(1000, 1000), 160, 90, Rational.of(30));
    SegmentChecker checker = new SegmentChecker(other, PICTURE_TIMES, bytes("90p", "init.mp4"));
    checker.check(0, bytes("90p", "0.m4s"));
    checker.check(1, ByteBuffer.allocate(0));
    checker.check(9, bytes("90p", "0.m4s"));
    assertEquals(5, checker.findings().size(), checker.findings().toString());
  }

  private SegmentChecker pictureChecker(Timeline timeline) throws IOException {
    SegmentChecker checker =
        new SegmentChecker(PICTURES, timeline, bytes(PICTURES.id(), "init.mp4"));
    for (int number = 0; number < 3; number++) {
      checker.check(number, bytes(PICTURES.id(), number + ".m4s"));
    }
    return checker;
  }

  /// One job for the first segment, one for the others: both begin at zero and are put in place.
  private void pictures() throws Exception {
    Split first = encode(30, 0);
    Split rest = encode(45, 30);
    write(URLS.initialization("90p"), first.initBytes());
    List<Split.Part> parts = Stream.concat(first.parts().stream(), rest.parts().stream()).toList();
    for (Segment segment : PICTURE_TIMES.segments().toList()) {
      byte[] bytes = parts.get((int) segment.number()).bytes();
      Fragment.retime(ByteBuffer.wrap(bytes), segment.number() + 1, segment.start());
      write(URLS.segment("90p", Long.toString(segment.number())), bytes);
    }
  }

  private static Split encode(int frames, int skipped) throws Exception {
    return Split.of(
        Ffmpeg.output(
            Ffmpeg.pictures(frames, "30,trim=start_frame=" + skipped + ",setpts=PTS-STARTPTS", 30),
            List.of("-video_track_timescale", "30000"),
            Ffmpeg.FRAGMENTED,
            List.of("pipe:1")));
  }

  /// The encoder's priming frame is dropped, so that frame n begins at n times 1,024 samples.
  private void sound() throws Exception {
    Split split = Split.of(Ffmpeg.output(Ffmpeg.sound(4), Ffmpeg.FRAGMENTED, List.of("pipe:1")));
    write(URLS.initialization("aac"), InitSegment.withoutEdits(split.initBytes()));
    List<FragmentWriter.SampleData> frames = new ArrayList<>();
    for (Split.Part part : split.parts()) {
      for (Sample sample : part.fragment().samples()) {
        ByteBuffer bytes = ByteBuffer.wrap(part.bytes(), sample.offset(), sample.size());
        frames.add(new FragmentWriter.SampleData(bytes, 1024, 0, true));
      }
    }
    for (Segment segment : SOUND_TIMES.segments().toList()) {
      int from = 1 + (int) (segment.start() / 1024);
      byte[] bytes =
          FragmentWriter.write(
              segment.number() + 1,
              split.init().onlyTrack().id(),
              segment.start(),
              frames.subList(from, from + (int) (segment.duration() / 1024)));
      write(URLS.segment("aac", Long.toString(segment.number())), bytes);
    }
  }

  private ByteBuffer bytes(String representation, String name) throws IOException {
    return ByteBuffer.wrap(
        Files.readAllBytes(folder.resolve("media/r1").resolve(representation).resolve(name)));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}

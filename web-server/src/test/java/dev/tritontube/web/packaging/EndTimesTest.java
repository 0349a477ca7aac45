package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The first and the last packets tell what all of them tell.
class EndTimesTest {
  private static final Probe.Sizes ENDS = new Probe.Sizes(0, 0);
  private static final Probe.Sizes ALL = new Probe.Sizes(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final String H264 = "libx264 -preset ultrafast -bf 2 -g 50";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.mkv, 30000/1001, H264, aac",
    "a.mkv, 24000/1001, H264, aac",
    "a.mkv, 60, H264, aac",
    "a.mkv, 120, H264, aac",
    "a.webm, 30, libvpx -deadline realtime -cpu-used 8, libvorbis",
    "a.ts, 25, H264, aac",
    "a.ts, 60000/1001, H264, aac",
    "a.mpg, 25, mpeg2video -bf 2 -g 15, mp2",
    "a.avi, 25, mpeg4, libmp3lame",
    "a.avi, 30000/1001, H264, libmp3lame",
    "a.ogv, 25, libtheora, libvorbis",
    "a.wmv, 25, wmv2, wmav2",
    "a.mp4, 30, H264 -movflags +frag_keyframe+empty_moov, aac",
  })
  void areLikeThoseOfAllPackets(String file, String rate, String video, String audio)
      throws Exception {
    byte[] clip = clip(file, rate, video, audio);
    compare(clip);
    compare(Arrays.copyOf(clip, clip.length * 17 / 20));
  }

  @ParameterizedTest
  @CsvSource({"a.wav, pcm_s16le", "a.flac, flac", "a.aiff, pcm_s16be", "a.ogg, libopus"})
  void areLikeThoseOfAllSound(String file, String codec) throws Exception {
    String tone = Clips.TONE.formatted("14");
    compare(new Clips(folder).make(file, "-f", "lavfi", "-i", tone, "-c:a", codec));
  }

  @Test
  void correctWhatTheHeaderSays() throws Exception {
    byte[] clip = clip("a.mkv", "25", H264, "aac");
    int duration = new String(clip, ISO_8859_1).indexOf("\u0044\u0089\u0088");
    ByteBuffer.wrap(clip).putDouble(duration + 3, 36_000_000);

    compare(clip);
    assertEquals(350, Objects.requireNonNull(probe(clip, ENDS).video()).timing().frames());
  }

  @Test
  void doNotMatterWhereNoLengthIsDeclared() throws Exception {
    byte[] clip = clip("a.mkv", "25", H264 + " -live 1", "aac");
    assertEquals(350, Objects.requireNonNull(probe(clip, ENDS).video()).timing().frames());
  }

  @Test
  void tellThatARateIsNoneByTheirDistance() throws Exception {
    String pause =
        H264
            + " -vf settb=1/1000,setpts=PTS+gte(N\\,175)*0.017/TB -fps_mode passthrough -enc_time_base 1/1000";
    assertFalse(
        Objects.requireNonNull(probe(clip("a.mkv", "25", pause, "aac"), ENDS).video())
            .timing()
            .constant());
  }

  private byte[] clip(String file, String rate, String video, String audio) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i"));
    arguments.add(Clips.PICTURES.formatted("160x120", rate, "14"));
    arguments.addAll(List.of("-f", "lavfi", "-i", Clips.TONE.formatted("14"), "-c:v"));
    arguments.addAll(List.of(video.replace("H264", H264).split(" ")));
    arguments.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", audio));
    return new Clips(folder).make(file, arguments.toArray(String[]::new));
  }

  private static void compare(byte[] clip) throws Exception {
    assertEquals(withoutEffort(probe(clip, ALL)), probe(clip, ENDS));
  }

  /// The ends do not tell how large frames are on the whole.
  private static SourceMedia withoutEffort(SourceMedia media) {
    SourceMedia.Video video = media.video();
    if (video == null) {
      return media;
    }
    return new SourceMedia(
        media.container(),
        media.durationSeconds(),
        media.wholeSeconds(),
        new SourceMedia.Video(
            video.stream(),
            video.codec(),
            video.width(),
            video.height(),
            video.bitRate(),
            video.colour(),
            video.interlaced(),
            video.timing(),
            null,
            video.remux()),
        media.audios(),
        media.coverStream(),
        media.predicted());
  }

  private static SourceMedia probe(byte[] clip, Probe.Sizes listed) throws Exception {
    try (Probed probed = new Probed(clip, listed)) {
      return probed.media();
    }
  }
}

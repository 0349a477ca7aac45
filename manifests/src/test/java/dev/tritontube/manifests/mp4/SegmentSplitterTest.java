package dev.tritontube.manifests.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentSplitterTest {
  private static byte[] video = {};
  private static byte[] audio = {};

  @BeforeAll
  static void encode() throws Exception {
    List<String> timescale = List.of("-video_track_timescale", "30000");
    video =
        Ffmpeg.output(
            Ffmpeg.pictures(75, "30", 30), timescale, Ffmpeg.FRAGMENTED, List.of("pipe:1"));
    audio =
        Ffmpeg.output(
            Ffmpeg.sound(3),
            List.of("-frag_duration", "1000000"),
            Ffmpeg.FRAGMENTED,
            List.of("pipe:1"));
  }

  @Test
  void cutsPicturesAtKeyFrames() throws IOException {
    Split split = Split.of(video);

    TrackHeader track = split.init().onlyTrack();
    assertEquals("vide", track.handler());
    assertEquals(30_000, track.timescale());
    assertEquals(new Format.Video("avc1.4D400B", 160, 90), track.format());
    assertEquals(
        List.of(30, 30, 15),
        split.parts().stream().map(p -> p.fragment().samples().size()).toList());
    long time = 0;
    for (Split.Part part : split.parts()) {
      Fragment fragment = part.fragment();
      assertEquals(time, fragment.baseMediaDecodeTime());
      assertTrue(fragment.startsWithSync());
      assertEquals(0, fragment.earliestPresentation());
      time += fragment.duration();
    }
    assertEquals(75 * 1000, time);
  }

  @Test
  void knowsSound() throws IOException {
    Split split = Split.of(audio);

    assertEquals(new Format.Audio("mp4a.40.2", 48_000, 2), split.init().onlyTrack().format());
    assertTrue(split.parts().size() > 1);
    assertTrue(
        split.parts().stream()
            .flatMap(part -> part.fragment().samples().stream())
            .allMatch(Sample::sync));
  }

  @Test
  void samplesPointAtTheirBytes() throws IOException {
    for (Split.Part part : Split.of(video).parts()) {
      List<Sample> samples = part.fragment().samples();
      assertEquals(part.bytes().length, samples.getLast().offset() + samples.getLast().size());
      Box mdat = Box.required(Box.list(ByteBuffer.wrap(part.bytes())), "mdat");
      assertEquals(mdat.start() + Box.HEADER_BYTES, samples.getFirst().offset());
    }
  }

  @Test
  void passesFragmentsOnWhileTheStreamGoesOn() throws IOException {
    Split whole = Split.of(video);
    int first = whole.initBytes().length + whole.parts().getFirst().bytes().length;
    Split split = new Split();
    InputStream stopping =
        new FilterInputStream(new ByteArrayInputStream(video)) {
          private int read;

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            if (length > 0 && read >= first) {
              throw new IOException("the encoder died");
            }
            int count = super.read(target, offset, Math.min(length, Math.min(7, first - read)));
            read += count;
            return count;
          }
        };

    assertThrows(IOException.class, () -> new SegmentSplitter(1 << 20).split(stopping, split));
    assertEquals(1, split.parts().size());
  }

  @Test
  void retimesInPlace() throws IOException {
    Split split = Split.of(video);
    byte[] bytes = split.parts().getFirst().bytes();
    Fragment before = split.parts().getFirst().fragment();

    Fragment.retime(ByteBuffer.wrap(bytes), 9, 1L << 40);

    Fragment after = Fragment.parse(ByteBuffer.wrap(bytes), split.init());
    assertEquals(9, after.sequenceNumber());
    assertEquals(1L << 40, after.baseMediaDecodeTime());
    assertEquals(before.samples(), after.samples());
  }

  @Test
  void refusesWhatIsTooLargeOrCutOff() throws IOException {
    assertThrows(
        MalformedMp4Exception.class,
        () -> new SegmentSplitter(1000).split(new ByteArrayInputStream(video), new Split()));
    int init = Split.of(video).initBytes().length;
    for (int length : new int[] {3, 12, init - 1, init + 4, init + 100, init + 1000}) {
      assertThrows(
          MalformedMp4Exception.class, () -> Split.of(Arrays.copyOf(video, length)), "" + length);
    }
    assertEquals(0, Split.of(Arrays.copyOf(video, init)).parts().size());
  }

  @Test
  void removesEditLists() throws Exception {
    byte[] edited =
        Ffmpeg.output(
            Ffmpeg.pictures(10, "30", 10),
            List.of("-f", "mp4", "-movflags", "+frag_keyframe+delay_moov+default_base_moof"),
            List.of("pipe:1"));
    Split split = Split.of(edited);
    assertTrue(split.init().onlyTrack().edited());

    byte[] plain = InitSegment.withoutEdits(split.initBytes());

    InitSegment parsed = InitSegment.parse(ByteBuffer.wrap(plain));
    assertFalse(parsed.onlyTrack().edited());
    assertEquals(split.init().onlyTrack().format(), parsed.onlyTrack().format());
    assertEquals(split.initBytes().length - 36, plain.length);
  }
}

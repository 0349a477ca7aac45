package dev.tritontube.manifests.mp4;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a file, its readers come back with a value or a [MalformedMp4Exception].
class HostileBytesTest {
  private static final int ROUNDS = 2000;

  /// Where the boxes are that mean something; pixels follow.
  private static final int BOXES_BYTES = 1200;

  private static byte[] fragmented = {};
  private static byte[] whole = {};

  private interface Reader {
    void read(byte[] bytes) throws IOException;
  }

  @BeforeAll
  static void encode(@TempDir Path folder) throws Exception {
    fragmented = Ffmpeg.output(Ffmpeg.pictures(20, "30", 10), Ffmpeg.FRAGMENTED, List.of("pipe:1"));
    Path file = folder.resolve("whole.mp4");
    Ffmpeg.output(
        Ffmpeg.pictures(20, "30", 10), List.of("-movflags", "+faststart", file.toString()));
    whole = Files.readAllBytes(file);
  }

  @Test
  void splitterSurvives() {
    survives(fragmented, bytes -> new SegmentSplitter(1 << 20).split(in(bytes), new Split()));
  }

  @Test
  void initReaderSurvives() throws IOException {
    survives(Split.of(fragmented).initBytes(), bytes -> InitSegment.parse(ByteBuffer.wrap(bytes)));
  }

  @Test
  void editRemovalSurvives() throws IOException {
    survives(Split.of(fragmented).initBytes(), InitSegment::withoutEdits);
  }

  @Test
  void fragmentReaderSurvives() throws IOException {
    Split split = Split.of(fragmented);
    survives(
        split.parts().getFirst().bytes(),
        bytes -> {
          Fragment.retime(ByteBuffer.wrap(bytes), 1, 5);
          Fragment fragment = Fragment.parse(ByteBuffer.wrap(bytes), split.init());
          fragment.earliestPresentation();
          fragment.duration();
        });
  }

  @Test
  void movieReaderSurvives() {
    survives(whole, HostileBytesTest::readTables);
  }

  private static void readTables(byte[] bytes) throws IOException {
    for (MovieTrack track : Movie.read(InMemorySource.of(bytes), 1 << 20).tracks()) {
      track.end();
      track.frameTimes();
      track.sampleTable();
      long inFile = track.samplesInFile();
      track.end(inFile);
      track.frameTimes(inFile);
    }
  }

  @Test
  void remuxerSurvives() {
    survives(whole, HostileBytesTest::remux);
  }

  private static void remux(byte[] bytes) throws IOException {
    InMemorySource file = InMemorySource.of(bytes);
    for (MovieTrack track : Movie.read(file, 1 << 20).tracks()) {
      if (Remuxer.remux(track, file, 30_000, 1000) instanceof RemuxResult.Possible possible) {
        InitSegment.parse(ByteBuffer.wrap(possible.remux().init()));
        possible.remux().bandwidth();
        possible.remux().segment(0, file);
      }
    }
  }

  @Test
  void movieReaderSurvivesNoise() {
    survives(new byte[200], bytes -> Movie.read(InMemorySource.of(bytes), 1 << 20));
  }

  private static void survives(byte[] file, Reader reader) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutant = mutant(file, random);
      try {
        reader.read(mutant);
      } catch (MalformedMp4Exception expected) {
        // the one way to fail
      } catch (IOException | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }

  private static byte[] mutant(byte[] file, Random random) {
    byte[] mutant =
        random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
    for (int i = random.nextInt(4); i >= 0 && mutant.length > 4; i--) {
      int at = random.nextInt(Math.min(mutant.length, BOXES_BYTES) - 3);
      switch (random.nextInt(4)) {
        case 0 -> mutant[at] = (byte) random.nextInt();
        case 1 -> ByteBuffer.wrap(mutant).putInt(at, random.nextInt());
        case 2 -> ByteBuffer.wrap(mutant).putInt(at, -1 >>> random.nextInt(32));
        default -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return mutant;
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}

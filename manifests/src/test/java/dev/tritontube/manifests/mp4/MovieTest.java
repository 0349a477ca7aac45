package dev.tritontube.manifests.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieTest {
  private static final int MAX = 1 << 20;

  @TempDir private Path folder;

  @Test
  void findsTheMoovInFrontAtTheEndAndInQuickTime() throws Exception {
    assertEquals(75, video(pictures("end.mp4", List.of())).samples());
    assertEquals(75, video(pictures("front.mp4", List.of("-movflags", "+faststart"))).samples());
    assertEquals(75, video(pictures("quick.mov", List.of())).samples());
  }

  @Test
  void knowsWhenSoundEnds() throws Exception {
    Path late = folder.resolve("late.mp4");
    Ffmpeg.output(
        List.of("-itsoffset", "1.5", "-f", "lavfi", "-i", "sine=r=48000:d=3"),
        List.of("-c:a", "aac", late.toString()));

    Movie movie = read(late);

    assertFalse(movie.fragmented());
    assertEquals(4.5, movie.tracks().getFirst().end() / 48_000.0, 0.001);
  }

  @Test
  void knowsSound() throws Exception {
    Path file = folder.resolve("sound.mp4");
    Ffmpeg.output(List.of("-f", "lavfi", "-i", "sine=r=48000:d=3", "-c:a", "aac", file.toString()));

    MovieTrack sound = read(file).tracks().getFirst();

    assertEquals("soun", sound.header().handler());
    assertEquals(new Format.Audio("mp4a.40.2", 48_000, 1), sound.header().format());
    assertEquals(3 * 48_000, sound.end());
    assertEquals(142, sound.samples());
  }

  @Test
  void namesHevc() throws Exception {
    Path file = folder.resolve("hevc.mp4");
    Ffmpeg.output(
        List.of("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25", "-frames:v", "5"),
        List.of("-pix_fmt", "yuv420p", "-c:v", "libx265", "-x265-params", "log-level=none"),
        List.of("-preset", "ultrafast", "-tag:v", "hvc1", file.toString()));

    String codecs = video(file).header().format().codecs();

    assertTrue(codecs.matches("hvc1\\.1\\.6\\.L30(\\.[0-9A-F]+)+"), codecs);
  }

  @Test
  void saysWhenSamplesAreInFragments() throws Exception {
    byte[] file =
        Ffmpeg.output(Ffmpeg.pictures(30, "30", 30), Ffmpeg.FRAGMENTED, List.of("pipe:1"));

    assertTrue(Movie.read(InMemorySource.of(file), MAX).fragmented());
  }

  @Test
  void refusesFilesWithoutMoovAndTooLargeOnes() throws Exception {
    byte[] file = Files.readAllBytes(pictures("plain.mp4", List.of()));

    assertThrows(
        MalformedMp4Exception.class, () -> Movie.read(InMemorySource.of(new byte[0]), MAX));
    assertThrows(
        MalformedMp4Exception.class,
        () -> Movie.read(InMemorySource.of(Arrays.copyOf(file, file.length / 2)), MAX));
    assertThrows(MalformedMp4Exception.class, () -> Movie.read(InMemorySource.of(file), 100));
  }

  @Test
  void findsTablesAtTheEndOfAFileInTwoReads() throws Exception {
    InMemorySource file = InMemorySource.of(Files.readAllBytes(pictures("end.mp4", List.of())));
    List<Integer> reads = new ArrayList<>();

    Movie movie =
        Movie.read(
            new ByteSource() {
              @Override
              public long size() {
                return file.size();
              }

              @Override
              public void read(long offset, ByteBuffer target) throws IOException {
                reads.add(target.remaining());
                file.read(offset, target);
              }
            },
            MAX);

    assertEquals(75, movie.tracks().getFirst().samples());
    assertTrue(reads.size() <= 2, reads::toString);
  }

  private Path pictures(String name, List<String> options) throws Exception {
    Path file = folder.resolve(name);
    Ffmpeg.output(Ffmpeg.pictures(75, "30000/1001", 30), options, List.of(file.toString()));
    return file;
  }

  private static MovieTrack video(Path file) throws IOException {
    return read(file).tracks().stream()
        .filter(track -> track.header().handler().equals("vide"))
        .findFirst()
        .orElseThrow();
  }

  private static Movie read(Path file) throws IOException {
    return Movie.read(InMemorySource.of(Files.readAllBytes(file)), MAX);
  }
}

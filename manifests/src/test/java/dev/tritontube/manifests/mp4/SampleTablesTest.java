package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sample tables held against the packets that ffprobe lists.
class SampleTablesTest {
  @TempDir private Path folder;
  private Path whole = Path.of("");

  private record Packet(long time, int size, long offset, boolean key, boolean hidden) {}

  @BeforeEach
  void encode() throws Exception {
    whole = folder.resolve("whole.mp4");
    Ffmpeg.output(Ffmpeg.pictures(75, "30000/1001", 30), List.of(whole.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4,",
    "a.mov,",
    "a.mp4, -movflags +faststart",
    "a.mp4, -movflags +negative_cts_offsets",
    "a.mp4, -use_editlist 0",
    "a.mp4, -use_editlist 0 -movflags +negative_cts_offsets",
    "a.mp4, -output_ts_offset 1.5",
    "a.mov, -video_track_timescale 600",
  })
  void tellWhatFfprobeTells(String name, String options) throws Exception {
    compare(copied(name, "-i", whole.toString(), "-c", "copy", options));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 0.7,",
    "1.1, 0.5,",
    "0.4, 1.9, -movflags +negative_cts_offsets",
    "0.05, 2.1, -movflags +faststart"
  })
  void followTheEditList(String from, String length, String options) throws Exception {
    Path file =
        copied("cut.mp4", "-ss", from, "-i", whole.toString(), "-t", length, "-c", "copy", options);

    compare(file);
    assertTrue(video(file).frameTimes().length < video(file).samples());
  }

  @Test
  void followVariableRates() throws Exception {
    String filter = "select='not(eq(mod(n,5),3))',setpts=PTS+0.004*mod(N\\,3)/TB";
    Path file = folder.resolve("variable.mp4");
    Ffmpeg.output(
        Ffmpeg.pictures(60, "30", 30),
        List.of("-vf", filter, "-fps_mode", "vfr", "-video_track_timescale", "90000"),
        List.of(file.toString()));

    compare(file);
  }

  @Test
  void knowDurationsAndCompositionOffsets() throws Exception {
    SampleTable table = video(whole).sampleTable();

    assertEquals(1001, table.duration(0));
    assertEquals(1001, table.duration(74));
    assertEquals(List.of(2002, 4004, 1001, 1001, 4004), offsets(table, 5));
  }

  @Test
  void countWhatIsLeftOfATruncatedFile() throws Exception {
    Path front = copied("a.mp4", "-i", whole.toString(), "-c", "copy", "-movflags +faststart");
    byte[] file = Files.readAllBytes(front);
    SampleTable all = video(front).sampleTable();
    int end = (int) all.offset(40) + all.size(40);

    assertEquals(75, inFile(file, file.length));
    assertEquals(41, inFile(file, end + 1));
    assertEquals(40, inFile(file, end - 1));
    assertEquals(41, video(front).frameTimes(41).length);
    assertEquals(39 * 1001, video(front).end(41)); // The edit list begins two frames late.
  }

  private static long inFile(byte[] file, int length) throws IOException {
    InMemorySource truncated = InMemorySource.of(Arrays.copyOf(file, length));
    return Movie.read(truncated, 1 << 20).tracks().getFirst().samplesInFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elst duration", "elst media time", "stsc description"})
  void refuseWhatProgramsReadInDifferentWays(String what) throws Exception {
    byte[] file = Files.readAllBytes(whole);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int box = new String(file, ISO_8859_1).indexOf(what.substring(0, 4));
    switch (what) {
      case "elst duration" -> bytes.putInt(box + 12, 0);
      case "elst media time" -> bytes.putInt(box + 16, -2);
      default -> bytes.putInt(box + 20, 2);
    }
    MovieTrack track = Movie.read(InMemorySource.of(file), 1 << 20).tracks().getFirst();

    assertThrows(
        MalformedMp4Exception.class,
        () -> {
          track.frameTimes();
          track.sampleTable();
        });
  }

  private void compare(Path file) throws Exception {
    List<Packet> packets = packets(file);
    MovieTrack track = video(file);
    assertFalse(packets.isEmpty());
    assertArrayEquals(
        packets.stream()
            .filter(packet -> !packet.hidden())
            .mapToLong(Packet::time)
            .sorted()
            .toArray(),
        track.frameTimes());
    SampleTable table = track.sampleTable();
    assertEquals(packets.size(), table.count());
    for (int i = 0; i < packets.size(); i++) {
      Packet packet = packets.get(i);
      assertEquals(packet.offset(), table.offset(i));
      assertEquals(packet.size(), table.size(i));
      assertEquals(packet.key(), table.sync(i));
    }
  }

  private static List<Integer> offsets(SampleTable table, int count) {
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offsets.add(table.compositionOffset(i));
    }
    return offsets;
  }

  private Path copied(String name, String... arguments) throws Exception {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>();
    for (String argument : arguments) {
      if (argument != null) {
        command.addAll(List.of(argument.split(" ")));
      }
    }
    Ffmpeg.output(command, List.of(file.toString()));
    return file;
  }

  private static MovieTrack video(Path file) throws IOException {
    return Movie.read(InMemorySource.of(Files.readAllBytes(file)), 1 << 20).tracks().getFirst();
  }

  private static List<Packet> packets(Path file) throws Exception {
    String csv =
        new String(
            Ffmpeg.run(
                List.of(
                    ("ffprobe -v error -of csv=p=0 -show_entries packet=pts,size,pos,flags " + file)
                        .split(" "))),
            UTF_8);
    return csv.lines().map(line -> line.split(",")).map(SampleTablesTest::packet).toList();
  }

  private static Packet packet(String[] fields) {
    return new Packet(
        Long.parseLong(fields[0]),
        Integer.parseInt(fields[1]),
        Long.parseLong(fields[2]),
        fields[3].contains("K"),
        fields[3].contains("D"));
  }
}

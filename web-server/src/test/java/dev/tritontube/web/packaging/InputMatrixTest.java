package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people upload: every representation must decode to the source's number of frames.
class InputMatrixTest {
  private static final String[] X264 = {
    "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p"
  };

  @TempDir Path folder;
  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder);
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void fragmentedMp4() throws Exception {
    byte[] clip =
        make(
            "a.mp4",
            pictures("320x240", "25", "2"),
            tone("2"),
            X264,
            aac(),
            "-movflags",
            "+frag_keyframe+empty_moov");
    expect(clip, 50, "240p");
  }

  @Test
  void matroskaWithVp9AndOpus() throws Exception {
    byte[] clip =
        make(
            "a.mkv",
            pictures("320x240", "30", "2"),
            tone("2"),
            "-c:v",
            "libvpx-vp9",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-c:a",
            "libopus");
    expect(clip, 60, "240p");
  }

  @Test
  void matroskaWithHevcAndSeveralLanguages() throws Exception {
    byte[] clip =
        make(
            "a.mkv",
            pictures("320x240", "24000/1001", "2"),
            tone("2"),
            tone("2"),
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-x265-params",
            "log-level=error",
            aac(),
            "-metadata:s:a:0",
            "language=eng",
            "-metadata:s:a:1",
            "language=ger");
    AssetId asset = expect(clip, 48, "240p");
    assertEquals(
        List.of("en", "de"), period(asset).audios().stream().map(AudioTrack::language).toList());
  }

  @Test
  void webmWithVp8() throws Exception {
    byte[] clip =
        make(
            "a.webm",
            pictures("320x240", "30", "1"),
            tone("1"),
            "-c:v",
            "libvpx",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-c:a",
            "libvorbis");
    expect(clip, 30, "240p");
  }

  @Test
  void webmWithAv1() throws Exception {
    byte[] clip =
        make(
            "a.webm",
            pictures("320x240", "25", "1"),
            "-c:v",
            "libaom-av1",
            "-cpu-used",
            "8",
            "-usage",
            "realtime");
    expect(clip, 25, "240p");
  }

  @Test
  void quickTime() throws Exception {
    expect(
        make("a.mov", pictures("320x240", "25", "2"), tone("2"), X264, "-c:a", "pcm_s16le"),
        50,
        "240p");
  }

  @Test
  void aviWithMpeg4AndMp3() throws Exception {
    expect(
        make(
            "a.avi",
            pictures("320x240", "25", "2"),
            tone("2"),
            "-c:v",
            "mpeg4",
            "-c:a",
            "libmp3lame"),
        50,
        "240p");
  }

  @Test
  void transportStream() throws Exception {
    expect(make("a.ts", pictures("320x240", "25", "2"), tone("2"), X264, aac()), 50, "240p");
  }

  @Test
  void flashVideo() throws Exception {
    expect(
        make("a.flv", pictures("320x240", "25", "2"), tone("2"), X264, aac(), "-ar", "44100"),
        50,
        "240p");
  }

  @Test
  void withoutSound() throws Exception {
    AssetId asset = expect(make("a.mp4", pictures("320x240", "25", "2"), X264), 50, "240p");
    assertTrue(period(asset).audios().isEmpty());
  }

  @Test
  void soundOnly() throws Exception {
    byte[] clip = make("a.m4a", tone("3"), aac());
    compareTablesWithPackets(clip);
    AssetId asset = fixture.upload(clip);
    AssetMedia media = fixture.work(asset);
    assertEquals(Status.COMPLETED, media.status(), media.toString());
    assertEquals(
        List.of("audio"), media.renditions().stream().map(AssetMedia.Rendition::name).toList());
    assertEquals(141, packets(asset, "audio"));
  }

  @Test
  void mp3WithCover() throws Exception {
    byte[] clip =
        make(
            "a.mp3",
            tone("3"),
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=300x300:d=0.04",
            "-map",
            "0",
            "-map",
            "1",
            "-c:a",
            "libmp3lame",
            "-c:v",
            "mjpeg",
            "-frames:v",
            "1",
            "-disposition:v",
            "attached_pic",
            "-id3v2_version",
            "3");
    AssetId asset = fixture.upload(clip);
    AssetMedia media = fixture.work(asset);
    assertEquals(Status.COMPLETED, media.status(), media.toString());
    assertTrue(media.poster());
    assertTrue(period(asset).videos().isEmpty());
  }

  @Test
  void portraitByRotation() throws Exception {
    Path plain = folder.resolve("plain.mp4");
    clips.usual("plain.mp4", "426x240", "25", "2");
    byte[] clip =
        make("a.mp4", "-i", plain.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90");
    AssetId asset = expect(clip, 50, "240p");
    VideoRepresentation picture = picture(asset);
    assertEquals("240x426", picture.width() + "x" + picture.height());
    assertEquals(240, Objects.requireNonNull(fixture.packaging.media(asset).facts()).width());
  }

  @Test
  void filmRate() throws Exception {
    AssetId asset = expect(clips.usual("a.mp4", "320x240", "24000/1001", "3"), 72, "240p");
    assertEquals("24000/1001", picture(asset).frameRate().toString());
  }

  @Test
  void televisionRateInMatroska() throws Exception {
    AssetId asset = expect(clips.usual("a.mkv", "320x240", "30000/1001", "3"), 90, "240p");
    assertEquals("30000/1001", picture(asset).frameRate().toString());
  }

  @Test
  void fiftyFrames() throws Exception {
    expect(clips.usual("a.mp4", "320x240", "50", "2"), 100, "240p");
  }

  @Test
  void sixtyFramesInMatroska() throws Exception {
    AssetId asset = expect(clips.usual("a.mkv", "320x240", "60", "2"), 120, "240p");
    assertEquals("60", picture(asset).frameRate().toString());
  }

  @Test
  void moreThanSixtyFramesAreHalved() throws Exception {
    AssetId asset = expect(clips.usual("a.mp4", "320x240", "120", "1"), 60, "240p");
    assertEquals("60", picture(asset).frameRate().toString());
  }

  @Test
  void variableRate() throws Exception {
    byte[] clip =
        make(
            "a.mp4",
            pictures("320x240", "30", "3"),
            tone("3"),
            "-vf",
            "select='not(eq(mod(n,5),3))+lt(n,20)',setpts=PTS+0.004*mod(N\\,3)/TB",
            "-vsync",
            "vfr",
            X264,
            aac(),
            "-video_track_timescale",
            "90000");
    AssetMedia media = fixture.work(clip);
    assertEquals(Status.COMPLETED, media.status(), media.toString());
    compareTablesWithPackets(clip);
  }

  @Test
  void gapOfHalfASecondIsFilled() throws Exception {
    byte[] clip =
        make(
            "a.mp4",
            pictures("320x240", "30", "3"),
            tone("3"),
            "-vf",
            "select='lt(n,30)+gte(n,45)'",
            "-vsync",
            "vfr",
            X264,
            aac());
    expect(clip, 90, "240p");
  }

  @Test
  void oddSize() throws Exception {
    byte[] clip =
        make(
            "a.mkv",
            pictures("322x242", "25", "1"),
            tone("1"),
            "-vf",
            "crop=321:241",
            "-c:v",
            "ffv1",
            aac());
    AssetId asset = expect(clip, 25, "240p");
    assertEquals("320x240", picture(asset).width() + "x" + picture(asset).height());
  }

  @Test
  void smallerThanTheLadder() throws Exception {
    AssetId asset = expect(clips.usual("a.mp4", "98x54", "25", "1"), 25, "54p");
    assertEquals("98x54", picture(asset).width() + "x" + picture(asset).height());
  }

  @Test
  void nonSquarePixels() throws Exception {
    byte[] clip = make("a.mp4", pictures("352x288", "25", "1"), "-vf", "setsar=16/11", X264);
    AssetId asset = expect(clip, 25, "240p");
    assertEquals("426x240", picture(asset).width() + "x" + picture(asset).height());
  }

  @Test
  void tenBitHdr() throws Exception {
    byte[] clip =
        make(
            "a.mp4",
            pictures("320x240", "25", "1"),
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p10le",
            "-x265-params",
            "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
            "-tag:v",
            "hvc1");
    AssetId asset = expect(clip, 25, "240p");
    Path file = Files.write(folder.resolve("out.mp4"), fixture.file(asset, "240p"));
    assertEquals(
        "yuv420p,bt709",
        Clips.output(
            "ffprobe",
            "-v",
            "error",
            "-of",
            "csv=p=0",
            "-show_entries",
            "stream=pix_fmt,color_transfer",
            file.toString()));
  }

  @Test
  void surroundSoundIsMixedDown() throws Exception {
    byte[] clip =
        make(
            "a.mp4",
            pictures("320x240", "25", "1"),
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=d=1:r=48000,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0",
            X264,
            aac());
    expect(clip, 25, "240p");
  }

  @Test
  void fifthOfASecond() throws Exception {
    expect(clips.usual("a.mp4", "320x240", "25", "0.2"), 5, "240p");
  }

  @Test
  void oneFrame() throws Exception {
    expect(make("a.mp4", pictures("320x240", "25", "1"), "-frames:v", "1", X264), 1, "240p");
  }

  @Test
  void lateSoundKeepsItsDistance() throws Exception {
    byte[] clip =
        make("a.mp4", pictures("320x240", "25", "3"), "-itsoffset", "1", tone("2"), X264, aac());
    AssetId asset = expect(clip, 75, "240p");
    assertEquals(1.0, soundStart(asset), 0.010);
  }

  @Test
  void latePicturesKeepTheirDistance() throws Exception {
    byte[] clip =
        make("a.mkv", "-itsoffset", "1", pictures("320x240", "25", "2"), tone("3"), X264, aac());
    AssetId asset = expect(clip, 75, "240p");
    assertEquals(0.0, soundStart(asset), 0.010);
  }

  @Test
  void soundThatGoesOnKeepsTheLastPicture() throws Exception {
    AssetId asset =
        expect(make("a.mp4", pictures("320x240", "25", "1"), tone("5"), X264, aac()), 125, "240p");
    assertEquals("5", period(asset).duration().toString());
  }

  @Test
  void truncatedMp4() throws Exception {
    byte[] clip = clips.usual("a.mp4", "320x240", "25", "2");
    expectFailure(
        Arrays.copyOf(clip, clip.length / 2),
        "corrupt_media",
        "the tables of what is in the file (moov) are missing: it is cut off, or unfinished");
  }

  @Test
  void bytesBehindTheFilmAreNotPartOfIt() throws Exception {
    byte[] clip = clips.usual("a.mp4", "320x240", "25", "2");
    byte[] longer = Arrays.copyOf(clip, clip.length + 5000);
    Arrays.fill(longer, clip.length, longer.length, (byte) 'x');
    expect(longer, 50, "240p");
  }

  @Test
  void moreStreamsThanAreTaken() throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(tone("1"), aac()));
    for (int i = 0; i < 65; i++) {
      arguments.addAll(List.of("-map", "0"));
    }
    expectFailure(
        make("a.mka", arguments.toArray()), "limit_exceeded", "the file has more than 64 streams");
  }

  @Test
  void soundOfFewSamplesASecond() throws Exception {
    expectFailure(
        make("a.wav", tone("2"), "-ar", "500", "-c:a", "pcm_u8"),
        "unsupported_codec",
        "the sound has fewer than 1000 samples a second");
  }

  @Test
  void headersWithoutAnyPacket() throws Exception {
    byte[] clip = make("a.mkv", pictures("320x240", "25", "2"), X264);
    expectFailure(
        Arrays.copyOf(clip, 600),
        "corrupt_media",
        "the file has a header for pictures, but no picture");
  }

  @Test
  void subtitlesAlone() throws Exception {
    Path text =
        Files.writeString(folder.resolve("a.srt"), "1\n00:00:00,000 --> 00:00:01,000\nhello\n");
    expectFailure(
        make("a.mkv", "-i", text.toString()),
        "no_streams",
        "the file has neither pictures nor sound");
  }

  private byte[] make(String file, Object... arguments) throws Exception {
    List<String> all =
        Arrays.stream(arguments)
            .flatMap(
                part ->
                    part instanceof String[] several
                        ? Arrays.stream(several)
                        : Stream.of((String) part))
            .toList();
    return clips.make(file, all.toArray(String[]::new));
  }

  private static String[] pictures(String size, String rate, String seconds) {
    return new String[] {"-f", "lavfi", "-i", Clips.PICTURES.formatted(size, rate, seconds)};
  }

  private static String[] tone(String seconds) {
    return new String[] {"-f", "lavfi", "-i", Clips.TONE.formatted(seconds)};
  }

  private static String[] aac() {
    return new String[] {"-c:a", "aac"};
  }

  private AssetId expect(byte[] clip, int frames, String... representations) throws Exception {
    AssetId asset = fixture.upload(clip);
    AssetMedia media = fixture.work(asset);
    assertEquals(Status.COMPLETED, media.status(), media.toString());
    assertNull(media.error());
    assertTrue(media.poster());
    assertEquals(
        List.of(representations),
        media.renditions().stream().map(AssetMedia.Rendition::name).toList());
    for (String representation : representations) {
      assertEquals(frames, frames(asset, representation));
    }
    for (AudioTrack track : period(asset).audios()) {
      assertEquals(
          (track.timeline().ticks() + 1023) / 1024,
          packets(asset, track.representations().getFirst().id()));
    }
    assertEquals(List.of(), fixture.findings(asset));
    compareTablesWithPackets(clip);
    return asset;
  }

  /// Only the length of the last AAC frame is known better by the tables.
  private static void compareTablesWithPackets(byte[] clip) throws Exception {
    try (Probed probed = new Probed(clip)) {
      if (!probed.hasTables()) {
        return;
      }
      SourceMedia listed = probed.byPackets();
      SourceMedia told = probed.media();
      assertEquals(listed.video(), withoutTables(told.video()));
      assertEquals(listed.coverStream(), told.coverStream());
      assertEquals(listed.durationSeconds(), told.durationSeconds(), 1024 / 44_100.0);
      assertEquals(listed.audios().size(), told.audios().size());
      for (int i = 0; i < listed.audios().size(); i++) {
        double end = told.audios().get(i).endSeconds();
        assertEquals(listed.audios().get(i).endSeconds(), end, 1024 / 44_100.0);
        assertEquals(ending(listed.audios().get(i), end), ending(told.audios().get(i), end));
      }
    }
  }

  private static SourceMedia.Audio ending(SourceMedia.Audio audio, double end) {
    return new SourceMedia.Audio(
        audio.stream(),
        audio.codec(),
        audio.language(),
        audio.label(),
        audio.channels(),
        audio.startSeconds(),
        end,
        null);
  }

  private static SourceMedia.@Nullable Video withoutTables(SourceMedia.@Nullable Video video) {
    return video == null
        ? null
        : new SourceMedia.Video(
            video.stream(),
            video.codec(),
            video.width(),
            video.height(),
            video.bitRate(),
            video.colour(),
            video.interlaced(),
            video.timing(),
            video.effort(),
            null);
  }

  private void expectFailure(byte[] clip, String code, String detail) throws Exception {
    AssetMedia media = fixture.work(clip);
    assertEquals(Status.FAILED, media.status(), media.toString());
    assertEquals(new AssetMedia.Failure(code, detail), media.error());
    assertTrue(fixture.blobs.keys().isEmpty());
    try (Stream<Path> left = Files.list(fixture.pipes)) {
      assertEquals(0, left.count());
    }
  }

  private Period period(AssetId asset) {
    return fixture.packaging.published(asset).orElseThrow().presentation().periods().getFirst();
  }

  private VideoRepresentation picture(AssetId asset) {
    return period(asset).videos().getFirst().representations().getFirst();
  }

  private int frames(AssetId asset, String representation) throws Exception {
    return count(asset, representation, "-count_frames", "stream=nb_read_frames");
  }

  private int packets(AssetId asset, String representation) throws Exception {
    return count(asset, representation, "-count_packets", "stream=nb_read_packets");
  }

  private int count(AssetId asset, String representation, String option, String field)
      throws Exception {
    Path file = Files.write(folder.resolve("out.mp4"), fixture.file(asset, representation));
    return Integer.parseInt(
        Clips.output(
            "ffprobe",
            "-v",
            "error",
            option,
            "-of",
            "csv=p=0",
            "-show_entries",
            field,
            file.toString()));
  }

  /// When the first sound is loud, in seconds.
  private double soundStart(AssetId asset) throws Exception {
    Path file = Files.write(folder.resolve("out.mp4"), fixture.file(asset, "audio"));
    byte[] samples = clips.make("out.raw", "-i", file.toString(), "-ac", "1", "-f", "s16le");
    for (int i = 0; i + 1 < samples.length; i += 2) {
      if (Math.abs((short) (samples[i] & 0xFF | samples[i + 1] << 8)) > 1000) {
        return i / 2.0 / 48_000;
      }
    }
    throw new AssertionError("silence");
  }
}

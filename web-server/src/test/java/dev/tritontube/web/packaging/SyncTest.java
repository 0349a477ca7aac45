package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A white picture and a beep begin together each second; after encoding they still do.
class SyncTest {
  private static final double TOLERANCE = 0.010;
  private static final int FRAME_BYTES = 64 * 64;
  private static final int BYTES_A_SAMPLE = 2;
  private static final double SAMPLE_RATE = 48_000;

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

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "mov", "flv"})
  void flashAndBeepStayTogether(String kind) throws Exception {
    assertInStep(flashAndBeep("a." + kind, "25", "0"), 25, 0);
  }

  @Test
  void theDistanceOfTheSourceIsKept() throws Exception {
    assertInStep(flashAndBeep("a.mp4", "25", "0.3"), 25, 0.3);
  }

  @ParameterizedTest
  @CsvSource({"30000/1001,29.97003", "24000/1001,23.97602", "50,50", "60,60"})
  void atOtherRatesToo(String rate, double perSecond) throws Exception {
    assertInStep(flashAndBeep("a.mp4", rate, "0"), perSecond, 0);
  }

  /// Frames are missing and late, but not those that flash.
  @Test
  void atVariableRateToo() throws Exception {
    byte[] clip =
        flashAndBeep(
            "a.mp4",
            "30",
            "0",
            "-vf",
            "settb=1/90000,select='not(eq(mod(n,7),3))+eq(mod(n,30),0)',"
                + "setpts=PTS+if(lt(mod(T\\,1)\\,0.01)\\,0\\,0.004*mod(N\\,4))/TB",
            "-fps_mode",
            "vfr",
            "-enc_time_base",
            "1:90000");
    assertInStep(clip, 25, 0);
  }

  /// Four seconds that flash for one frame in each second, and beep from then on for 50 ms, `delay`
  /// seconds later.
  private byte[] flashAndBeep(String file, String rate, String delay, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        "-f",
        "lavfi",
        "-i",
        "color=black:s=320x240:r="
            + rate
            + ":d=4,drawbox=c=white:t=fill:enable='lt(mod(t,1),0.03)'",
        "-itsoffset",
        delay,
        "-f",
        "lavfi",
        "-i",
        "aevalsrc='if(lt(mod(t,1),0.05),sin(2*PI*1000*t),0)':s=48000:d=4",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "2",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-ar",
        "48000");
    Collections.addAll(arguments, more);
    return clips.make(file, arguments.toArray(String[]::new));
  }

  private void assertInStep(byte[] clip, double rate, double delay) throws Exception {
    AssetId asset = fixture.upload(clip);
    AssetMedia media = fixture.work(asset);
    assertEquals(Status.COMPLETED, media.status(), media.toString());
    List<Double> flashes = flashes(asset, rate);
    List<Double> beeps = beeps(asset);
    assertEquals(4, flashes.size(), flashes.toString());
    for (int i = 1; i < 3; i++) {
      assertEquals(flashes.get(i) + delay, beeps.get(i), TOLERANCE, flashes + " " + beeps);
    }
  }

  private List<Double> flashes(AssetId asset, double rate) throws Exception {
    Path file = Files.write(folder.resolve("v.mp4"), fixture.file(asset, "240p"));
    byte[] frames =
        clips.make(
            "v.raw",
            "-i",
            file.toString(),
            "-vf",
            "scale=64:64,format=gray",
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo");
    List<Double> flashes = new ArrayList<>();
    for (int frame = 0; (frame + 1) * FRAME_BYTES <= frames.length; frame++) {
      boolean white = (frames[frame * FRAME_BYTES + FRAME_BYTES / 2] & 0xFF) > 128;
      if (white && (flashes.isEmpty() || frame / rate - flashes.getLast() > 0.5)) {
        flashes.add(frame / rate);
      }
    }
    return flashes;
  }

  private List<Double> beeps(AssetId asset) throws Exception {
    Path file = Files.write(folder.resolve("a.mp4"), fixture.file(asset, "audio"));
    byte[] samples = clips.make("a.raw", "-i", file.toString(), "-ac", "1", "-f", "s16le");
    List<Double> beeps = new ArrayList<>();
    for (int i = 0; i + 1 < samples.length; i += BYTES_A_SAMPLE) {
      double time = i / BYTES_A_SAMPLE / SAMPLE_RATE;
      boolean loud = Math.abs((short) (samples[i] & 0xFF | samples[i + 1] << 8)) > 6000;
      if (loud && (beeps.isEmpty() || time - beeps.getLast() > 0.5)) {
        beeps.add(time);
      }
    }
    return beeps;
  }
}

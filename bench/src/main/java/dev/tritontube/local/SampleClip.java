package dev.tritontube.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A moving test picture (1280 x 720, 30 frames a second) with a tone, H.264 and AAC in MP4.
public final class SampleClip {
  private SampleClip() {}

  /// Makes the clip with ffmpeg.
  ///
  /// @return the file
  public static Path make(Path file, Duration length) throws IOException {
    String seconds = Double.toString(length.toMillis() / 1e3);
    ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1280x720:rate=30:duration=" + seconds,
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:beep_factor=4:sample_rate=48000:duration=" + seconds,
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "250",
            "-c:a",
            "aac",
            "-shortest"),
        file);
    return file;
  }

  /// Runs ffmpeg with an output file. `TRITONTUBE_FFMPEG` names another one than that on the PATH.
  public static void ffmpeg(List<String> arguments, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Optional.ofNullable(System.getenv("TRITONTUBE_FFMPEG")).orElse("ffmpeg"));
    command.addAll(List.of("-nostdin", "-v", "error", "-y"));
    command.addAll(arguments);
    command.add(output.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("ffmpeg could not make " + output + ": " + said);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ffmpeg made " + output, e);
    }
  }
}

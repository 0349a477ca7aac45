package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes small media files with ffmpeg: moving test pictures and a tone.
final class Clips {
  static final String PICTURES = "testsrc2=s=%s:r=%s:d=%s";
  static final String TONE = "sine=frequency=440:sample_rate=48000:duration=%s";

  private final Path folder;

  Clips(Path folder) {
    this.folder = folder;
  }

  /// Runs ffmpeg with these arguments and the file as its last one.
  byte[] make(String file, String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve(file);
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
    command.addAll(List.of(arguments));
    command.add(output.toString());
    run(command);
    return Files.readAllBytes(output);
  }

  /// A clip of pictures and sound in H.264 and AAC.
  byte[] usual(String file, String size, String rate, String seconds)
      throws IOException, InterruptedException {
    return make(
        file,
        "-f",
        "lavfi",
        "-i",
        PICTURES.formatted(size, rate, seconds),
        "-f",
        "lavfi",
        "-i",
        TONE.formatted(seconds),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "2",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac");
  }

  /// Five seconds of pictures again and again: what takes long to encode, made in a moment.
  byte[] looped(String file, String size, int times) throws IOException, InterruptedException {
    usual("once-" + file, size, "30", "5");
    return make(
        file,
        "-stream_loop",
        Integer.toString(times - 1),
        "-i",
        folder.resolve("once-" + file).toString(),
        "-map",
        "0:v",
        "-c",
        "copy");
  }

  Path folder() {
    return folder;
  }

  static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
  }

  /// What a program prints.
  static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return output;
  }
}

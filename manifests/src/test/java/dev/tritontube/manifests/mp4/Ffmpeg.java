package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Runs ffmpeg to make and to count small clips.
final class Ffmpeg {
  static final List<String> FRAGMENTED =
      List.of("-f", "mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof+cmaf");

  private Ffmpeg() {}

  /// Frames of 160x90 H.264 with B-frames and a key frame every `gop` frames.
  static List<String> pictures(int frames, String rate, int gop) {
    return List.of(
        ("-f lavfi -i testsrc2=s=160x90:r=%s -frames:v %d -pix_fmt yuv420p -c:v libx264"
                + " -preset ultrafast -bf 2 -g %d -keyint_min %d -sc_threshold 0")
            .formatted(rate, frames, gop, gop)
            .split(" "));
  }

  static List<String> sound(int seconds) {
    return List.of(
        "-f lavfi -i sine=r=48000:d=%d -ac 2 -c:a aac -b:a 64k".formatted(seconds).split(" "));
  }

  /// What ffmpeg writes to its standard output.
  @SafeVarargs
  static byte[] output(List<String>... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
    for (List<String> part : arguments) {
      command.addAll(part);
    }
    return run(command);
  }

  static byte[] run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = process.getInputStream()) {
      byte[] bytes = out.readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
      return bytes;
    } finally {
      process.destroy();
    }
  }

  /// How many frames ffmpeg decodes from a file or manifest.
  static long frames(String input, String stream) throws IOException, InterruptedException {
    String report =
        new String(
            run(
                List.of(
                    "ffprobe",
                    "-v",
                    "error",
                    "-count_frames",
                    "-select_streams",
                    stream,
                    "-show_entries",
                    "stream=nb_read_frames",
                    "-of",
                    "csv=p=0",
                    input)),
            UTF_8);
    return Long.parseLong(report.lines().findFirst().orElseThrow().replace(",", "").trim());
  }
}

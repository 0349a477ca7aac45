package dev.tritontube.hostile;

import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The good files of which bad ones are made: half a second each, of as few pixels as will do.
///
/// @param mp4 H.264 and AAC, the tables at the end
/// @param avi Motion JPEG and PCM
record Bases(byte[] mp4, byte[] mkv, byte[] avi, byte[] ts, byte[] flv, byte[] mp3, byte[] ogg) {
  private static final List<String> INPUTS =
      List.of(
          "-f",
          "lavfi",
          "-i",
          "testsrc2=size=128x96:rate=10:duration=0.6",
          "-f",
          "lavfi",
          "-i",
          "sine=sample_rate=48000:duration=0.6");

  static Bases make(Path folder) throws IOException {
    Path mp4 = folder.resolve("base.mp4");
    SampleClip.ffmpeg(
        with(
            INPUTS,
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
            "-bitexact"),
        mp4);
    List<String> copy = List.of("-i", mp4.toString(), "-c", "copy", "-bitexact");
    List<String> sound = List.of("-f", "lavfi", "-i", "sine=sample_rate=48000:duration=0.6");
    return new Bases(
        Files.readAllBytes(mp4),
        made(folder, "base.mkv", copy),
        made(folder, "base.avi", with(INPUTS, "-c:v", "mjpeg", "-c:a", "pcm_s16le", "-bitexact")),
        made(folder, "base.ts", copy),
        made(folder, "base.flv", with(copy, "-ar", "44100")),
        made(
            folder,
            "base.mp3",
            with(sound, "-c:a", "libmp3lame", "-id3v2_version", "0", "-write_xing", "0")),
        made(folder, "base.ogg", with(sound, "-c:a", "libvorbis", "-bitexact")));
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private static byte[] made(Path folder, String name, List<String> options) throws IOException {
    Path file = folder.resolve(name);
    SampleClip.ffmpeg(options, file);
    return Files.readAllBytes(file);
  }

  /// Each with the name of its kind.
  List<byte[]> all() {
    return List.of(mp4, mkv, avi, ts, flv, mp3, ogg);
  }
}

package dev.tritontube.system;

import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Small videos for uploads.
final class Clips {
  private Clips() {}

  /// Two seconds of 320 x 180 with a tone, some 30 KiB.
  static byte[] small(Path folder) throws IOException {
    return make(folder, 2, "320x180");
  }

  /// One second of 160 x 90 with a tone: what is quickest to encode.
  static byte[] tiny(Path folder) throws IOException {
    return make(folder, 1, "160x90");
  }

  static byte[] make(Path folder, int seconds, String size) throws IOException {
    Path file = folder.resolve("clip-" + seconds + "-" + size + ".mp4");
    SampleClip.ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=rate=30:size=" + size + ":duration=" + seconds,
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000:duration=" + seconds,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac"),
        file);
    return Files.readAllBytes(file);
  }

  /// The same video as other bytes: a `free` box of random content at the end, which players skip.
  static byte[] variant(byte[] clip, long seed, int randomBytes) {
    ByteBuffer variant = ByteBuffer.allocate(clip.length + 8 + randomBytes);
    variant.put(clip).putInt(8 + randomBytes).put("free".getBytes(StandardCharsets.US_ASCII));
    byte[] random = new byte[randomBytes];
    new SplittableRandom(seed).nextBytes(random);
    return variant.put(random).array();
  }
}

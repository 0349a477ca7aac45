package dev.tritontube.bench.media;

import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Makes clips of 1080p30 with a beep each second, and keeps them in a folder.
///
/// Only a piece of the pictures is encoded. What is longer repeats it by copying, with sound of its
/// own, so that an hour takes little longer to make than a minute.
record Clips(Path folder) {
  private static final String PICTURES =
      "testsrc2=size=1920x1080:rate=30:duration=%d,noise=alls=12:allf=t";
  private static final String BEEPS = "sine=sample_rate=48000:beep_factor=4:duration=%d";

  Clip make(Format format, int seconds) throws IOException {
    Path file = folder.resolve("source-%s-%d.%s".formatted(format, seconds, format.extension()));
    if (!Files.exists(file)) {
      int pieceSeconds = pieceSeconds(format, seconds);
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("-stream_loop", Integer.toString(seconds / pieceSeconds - 1)));
      arguments.addAll(List.of("-i", piece(format, pieceSeconds).toString()));
      arguments.addAll(List.of("-f", "lavfi", "-i", BEEPS.formatted(seconds)));
      arguments.addAll(List.of("-map", "0:v", "-map", "1:a", "-c:v", "copy"));
      arguments.addAll(format.audioOptions());
      SampleClip.ffmpeg(arguments, file);
    }
    return new Clip(format, seconds, file);
  }

  /// As long as the format's pieces may be, and without a rest.
  private static int pieceSeconds(Format format, int seconds) {
    int longest = Math.min(seconds, format.pieceSeconds());
    return IntStream.iterate(longest, length -> length - 1)
        .filter(length -> seconds % length == 0)
        .findFirst()
        .orElseThrow();
  }

  private Path piece(Format format, int seconds) throws IOException {
    Path file = folder.resolve("pictures-%s-%d.mp4".formatted(format, seconds));
    if (!Files.exists(file)) {
      List<String> arguments =
          new ArrayList<>(List.of("-f", "lavfi", "-i", PICTURES.formatted(seconds)));
      arguments.addAll(format.videoOptions());
      SampleClip.ffmpeg(arguments, file);
    }
    return file;
  }
}

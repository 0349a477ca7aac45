package dev.tritontube.bench.crowd;

import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes what is uploaded: the film, the videos that people watch, and clips of 5 to 60 s, each of
/// bytes of its own. Only a piece of the pictures of each size is encoded, which is repeated by
/// copying, and a sound of each length.
public record Sources(Path folder) {
  private static final String PICTURES = "testsrc2=size=%s:rate=30:duration=%d,noise=alls=8:allf=t";
  private static final String BEEPS = "sine=sample_rate=48000:beep_factor=4:duration=%d";
  private static final int PIECE_SECONDS = 5;
  private static final int LENGTHS = 12;

  /// One clip in so many is of a container that cannot be played as it is, so that its beginning
  /// has to be encoded.
  private static final int OTHERS = 5;

  private enum Size {
    FULL("1920x1080", "9M"),
    LARGE("1280x720", "3M"),
    MEDIUM("854x480", "1500k"),
    SMALL("640x360", "900k");

    private final String pixels;
    private final String bitsPerSecond;

    Size(String pixels, String bitsPerSecond) {
      this.pixels = pixels;
      this.bitsPerSecond = bitsPerSecond;
    }
  }

  private static final List<Size> SIZES = List.of(Size.LARGE, Size.MEDIUM, Size.SMALL);

  /// 1080p30 of 9 Mb/s.
  public Path film(int seconds) throws IOException {
    return make("film", Size.FULL, seconds, "mp4");
  }

  /// What is encoded before the crowd comes.
  List<Path> library(int seconds) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Size size : List.of(Size.LARGE, Size.MEDIUM)) {
      files.add(make("library-" + size.pixels, size, seconds, "mp4"));
    }
    return files;
  }

  Path clip(int number) throws IOException {
    int seconds = PIECE_SECONDS * (1 + 7 * number % LENGTHS);
    String container = number % OTHERS == OTHERS - 1 ? "ts" : "mp4";
    return make("clip-" + number, SIZES.get(number % SIZES.size()), seconds, container);
  }

  private Path make(String name, Size size, int seconds, String container) throws IOException {
    Path file = folder.resolve(name + "." + container);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-stream_loop", Integer.toString(seconds / PIECE_SECONDS - 1)));
    arguments.addAll(List.of("-i", piece(size).toString()));
    arguments.addAll(List.of("-i", sound(seconds).toString()));
    arguments.addAll(List.of("-map", "0:v", "-map", "1:a", "-c", "copy"));
    arguments.addAll(List.of("-metadata", "title=" + name));
    SampleClip.ffmpeg(arguments, file);
    return file;
  }

  private Path sound(int seconds) throws IOException {
    Path file = folder.resolve("sound-" + seconds + ".mp4");
    if (!Files.exists(file)) {
      List<String> beeps = List.of("-f", "lavfi", "-i", BEEPS.formatted(seconds));
      List<String> arguments = new ArrayList<>(beeps);
      arguments.addAll(List.of("-c:a", "aac", "-b:a", "128k"));
      SampleClip.ffmpeg(arguments, file);
    }
    return file;
  }

  private Path piece(Size size) throws IOException {
    Path file = folder.resolve("pictures-" + size.pixels + ".mp4");
    if (!Files.exists(file)) {
      String rate = size.bitsPerSecond;
      List<String> arguments =
          new ArrayList<>(
              List.of("-f", "lavfi", "-i", PICTURES.formatted(size.pixels, PIECE_SECONDS)));
      arguments.addAll(List.of("-c:v", "libx264", "-preset", "superfast", "-pix_fmt", "yuv420p"));
      arguments.addAll(List.of("-g", "250", "-bf", "2"));
      arguments.addAll(List.of("-b:v", rate, "-maxrate", rate, "-bufsize", rate));
      SampleClip.ffmpeg(arguments, file);
    }
    return file;
  }
}

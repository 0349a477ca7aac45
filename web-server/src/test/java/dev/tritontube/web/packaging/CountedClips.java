package dev.tritontube.web.packaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/// Clips whose frames are numbered for machines: 16 columns, white where the number has that bit.
final class CountedClips {
  private static final int BITS = 16;
  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;
  private static final Pattern TIME = Pattern.compile("pts_time:(-?[0-9.]+)");

  /// Of 160 x 90.
  static final String PICTURES =
      "nullsrc=s=16x2:r=%s:d=%s,format=gray,geq=lum='255*mod(floor(N/pow(2,X)),2)',"
          + "scale=160:90:flags=neighbor,format=yuv420p";

  private final Clips clips;

  CountedClips(Path folder) {
    this.clips = new Clips(folder);
  }

  /// In H.264 with reordered frames.
  byte[] make(String file, String rate, String seconds, String... more)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("-f", "lavfi", "-i", PICTURES.formatted(rate, seconds)));
    arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "20"));
    arguments.addAll(List.of(more));
    return clips.make(file, arguments.toArray(String[]::new));
  }

  Clips clips() {
    return clips;
  }

  /// The number of a frame, whatever its size.
  static int number(byte[] picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * image.getWidth() / (2 * BITS);
      int green = image.getRGB(x, image.getHeight() / 2) >> 8 & 0xFF;
      number |= green > 127 ? 1 << bit : 0;
    }
    return number;
  }

  /// The numbers of all frames by their times on the file's clock, as plain decoding has them.
  NavigableMap<Double, Integer> frames(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "ffmpeg",
                "-nostdin",
                "-copyts",
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-vf",
                "showinfo",
                "-fps_mode",
                "passthrough",
                "-pix_fmt",
                "gray",
                "-f",
                "rawvideo",
                "-")
            .redirectError(clips.folder().resolve("showinfo.txt").toFile())
            .start();
    NavigableMap<Double, Integer> frames = new TreeMap<>();
    List<Integer> numbers = new ArrayList<>();
    byte[] picture = process.getInputStream().readNBytes(WIDTH * HEIGHT);
    while (picture.length == WIDTH * HEIGHT) {
      numbers.add(number(picture, HEIGHT / 2 * WIDTH));
      picture = process.getInputStream().readNBytes(WIDTH * HEIGHT);
    }
    process.waitFor();
    Matcher times =
        TIME.matcher(java.nio.file.Files.readString(clips.folder().resolve("showinfo.txt")));
    for (int number : numbers) {
      if (!times.find()) {
        throw new IOException("a frame has no time");
      }
      frames.put(Double.parseDouble(times.group(1)), number);
    }
    return frames;
  }

  private static int number(byte[] gray, int row) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int level = gray[row + bit * WIDTH / BITS + WIDTH / BITS / 2] & 0xFF;
      number |= level > 127 ? 1 << bit : 0;
    }
    return number;
  }

  /// What is shown at a time.
  static int shown(NavigableMap<Double, Integer> frames, double seconds) {
    Map.Entry<Double, Integer> last = frames.floorEntry(seconds + 1e-6);
    return (last == null ? frames.firstEntry() : last).getValue();
  }
}

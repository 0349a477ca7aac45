package dev.tritontube.bench.media;

import dev.tritontube.local.SampleClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What may be in a film: pictures that take little to encode, and pictures that take much. 720p30,
/// about as good as what cameras and recorders of screens upload.
enum Scene {
  /// Four still pictures, one fading into the next.
  SLIDES(
      "slide show",
      List.of(
          picture("mandelbrot=s=1280x720:r=30:start_scale=0.3:end_scale=0.3"),
          picture("testsrc=s=1280x720:r=30"),
          picture("smptehdbars=s=1280x720:r=30"),
          picture("mandelbrot=s=1280x720:r=30:start_scale=0.02:end_scale=0.02")),
      "[0][1]xfade=duration=1:offset=4[a];[a][2]xfade=duration=1:offset=8[b];"
          + "[b][3]xfade=duration=1:offset=12"),

  /// Somebody moves before a background that stands still, with the noise of a camera.
  TALK(
      "talk",
      List.of(
          picture("mandelbrot=s=1280x720:r=30:start_scale=0.3:end_scale=0.3"),
          "mandelbrot=s=320x360:r=30:start_scale=1:end_scale=0.1:end_pts=480"),
      "[0]gblur=2[a];[a][1]overlay=x='480+40*sin(t*2)':y='300+10*sin(t*5)',"
          + "noise=alls=4:allf=t"),

  /// Everything moves.
  SPORT(
      "sport",
      List.of("mandelbrot=s=1280x720:r=30:start_scale=1:end_scale=0.01:end_pts=480"),
      "[0]rotate=0.3*sin(t*2)"),

  /// No picture has anything to do with the one before.
  NOISE("noise", List.of("mandelbrot=s=1280x720:r=30"), "[0]noise=alls=20:allf=t");

  private static final int SECONDS = 16;

  private final String title;
  private final List<String> inputs;
  private final String filters;

  Scene(String title, List<String> inputs, String filters) {
    this.title = title;
    this.inputs = inputs;
    this.filters = filters;
  }

  /// The first picture of a source, for five seconds.
  private static String picture(String source) {
    return source + ",trim=end_frame=1,loop=-1:1,setpts=N/30/TB,trim=duration=5";
  }

  String title() {
    return title;
  }

  /// H.264 in MP4 without sound.
  Path make(Path folder) throws IOException {
    Path file = folder.resolve("scene-" + title.replace(' ', '-') + ".mp4");
    if (!Files.exists(file)) {
      List<String> arguments = new ArrayList<>();
      for (String input : inputs) {
        arguments.addAll(List.of("-f", "lavfi", "-i", input));
      }
      arguments.addAll(List.of("-filter_complex", filters + ",format=yuv420p"));
      arguments.addAll(List.of("-t", Integer.toString(SECONDS), "-c:v", "libx264"));
      arguments.addAll(List.of("-preset", "veryfast", "-crf", "18"));
      SampleClip.ffmpeg(arguments, file);
    }
    return file;
  }
}

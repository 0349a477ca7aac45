package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.conformance.Conformance;
import dev.tritontube.conformance.Report;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is served keeps to the standards: while it is being made, and when it is there.
class ConformanceIT {
  private static final String H264 =
      "-c:v libx264 -preset ultrafast -bf 2 -g 90 -pix_fmt yuv420p -c:a aac -ac 2";

  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everythingIsAsTheStandardsWant() throws Exception {
    RestClient rest = cluster.rest();
    Map<String, String> videos = new LinkedHashMap<>();
    String noise = H264 + " -vf noise=alls=100:allf=t"; // Takes all the bits that it can get.
    String early = upload(clip("early.mkv", "640x360", "60", 10, noise));
    Eventually.holds("it plays and is being made", () -> isMade(early));

    assertNothing("while it is made", early);

    videos.put("60 frames a second", early);
    videos.put("29.97", upload(clip("ntsc.mp4", "640x360", "30000/1001", 7, H264)));
    videos.put(
        "23.976, VP9 and Opus",
        upload(
            clip(
                "film.mkv",
                "426x240",
                "24000/1001",
                5,
                "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus")));
    videos.put("50", upload(clip("pal.mov", "640x360", "50", 5, H264)));
    videos.put("variable", upload(variable()));
    videos.put("sound alone", upload(sound()));
    for (String id : videos.values()) {
      Videos.awaitCompleted(rest, id);
    }
    for (Map.Entry<String, String> video : videos.entrySet()) {
      assertNothing(video.getKey(), video.getValue());
    }
  }

  private static boolean isMade(String id) throws Exception {
    JsonNode video = cluster.rest().video(id);
    return video.get("playable").asBoolean() && video.get("status").asText().equals("PROCESSING");
  }

  private static void assertNothing(String what, String id) throws Exception {
    Report report = Conformance.check(cluster.rest().resolve("/api/v1/videos/" + id));
    assertEquals(List.of(), report.findings(), what);
  }

  private static String upload(Path clip) throws Exception {
    return cluster.rest().upload(clip, clip.getFileName().toString()).get("id").asText();
  }

  /// Moving pictures with a tone.
  private static Path clip(String name, String size, String rate, int seconds, String options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=%s:rate=%s:duration=%d".formatted(size, rate, seconds),
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=48000:duration=" + seconds));
    arguments.addAll(List.of(options.split(" ")));
    Path file = folder.resolve(name);
    SampleClip.ffmpeg(arguments, file);
    return file;
  }

  /// Frames are missing, the others late.
  private static Path variable() throws Exception {
    String uneven =
        " -vf settb=1/90000,select='not(eq(mod(n,7),3))',setpts=PTS+0.004*mod(N\\,4)/TB"
            + " -fps_mode vfr -enc_time_base 1:90000";
    return clip("variable.mp4", "640x360", "30", 5, H264 + uneven);
  }

  private static Path sound() throws Exception {
    Path file = folder.resolve("sound.mp3");
    SampleClip.ffmpeg(List.of("-f", "lavfi", "-i", "anoisesrc=d=5:r=44100:a=0.2"), file);
    return file;
  }
}

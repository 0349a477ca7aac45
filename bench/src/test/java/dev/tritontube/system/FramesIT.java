package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import dev.tritontube.local.RestClient;
import dev.tritontube.local.SampleClip;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames of a video on a cluster of processes: which they are, how their archive is fetched, and
/// that nothing is left of them.
class FramesIT {
  private static final int BITS = 16;

  @TempDir private Path folder;
  private LocalCluster cluster;
  private RestClient rest;

  @BeforeEach
  void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
    rest = cluster.rest();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /// A clip whose frames are numbered: 16 columns, white where the number has that bit.
  private Path numbered(int seconds) throws Exception {
    Path clip = folder.resolve("numbered.mp4");
    SampleClip.ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "nullsrc=s=16x2:r=5:d="
                + seconds
                + ",format=gray,geq=lum='255*mod(floor(N/pow(2,X)),2)',"
                + "scale=160:90:flags=neighbor,format=yuv420p",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-bf",
            "2"),
        clip);
    return clip;
  }

  private static int number(InputStream picture) throws Exception {
    BufferedImage image = ImageIO.read(picture);
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * image.getWidth() / (2 * BITS);
      number |= (image.getRGB(x, image.getHeight() / 2) >> 8 & 0xFF) > 127 ? 1 << bit : 0;
    }
    return number;
  }

  private String playable(Path clip) throws Exception {
    String id = rest.upload(clip, "numbered").get("id").asText();
    Eventually.holds("it plays", () -> rest.video(id).get("playable").asBoolean());
    return id;
  }

  /// Frames that are taken.
  private JsonNode frames(String video, String wish) throws Exception {
    HttpResponse<byte[]> created =
        rest.send(
            rest.request("/api/v1/videos/" + video + "/frames")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))
                .build());
    assertEquals(202, created.statusCode(), () -> new String(created.body()));
    String self = new ObjectMapper().readTree(created.body()).at("/links/self").asText();
    Eventually.within(
        Duration.ofMinutes(20),
        "the frames are taken",
        () -> rest.json(self).get("status").asText().matches("COMPLETED|FAILED"));
    JsonNode frames = rest.json(self);
    assertEquals("COMPLETED", frames.get("status").asText(), frames::toString);
    return frames;
  }

  @Test
  void aThousandOfTenMinutesAreTheRightOnesAndComeInPartsAndGo() throws Exception {
    String video = playable(numbered(600));
    JsonNode frames = frames(video, "{\"count\":1000}");

    Path zip = folder.resolve("frames.zip");
    String address = frames.at("/links/zip").asText();
    curl(zip, address, "-r", "0-99999");
    assertEquals(100_000, Files.size(zip));
    curl(zip, address, "-C", "-");
    assertEquals(frames.get("bytes").asLong(), Files.size(zip));

    try (ZipFile archive = new ZipFile(zip.toFile())) {
      List<String> names = archive.stream().map(ZipEntry::getName).toList();
      assertEquals(1000, names.size());
      for (int i = 0; i < 1000; i++) {
        // Each 0.6 s, which is three frames.
        assertEquals(
            "frame-%06d-00-%02d-%02d.%d00.jpg"
                .formatted(i + 1, i * 6 / 600, i * 6 / 10 % 60, i * 6 % 10),
            names.get(i));
        assertEquals(3 * i, number(archive.getInputStream(archive.getEntry(names.get(i)))));
      }
    }

    AdminCli admin = new AdminCli(cluster);
    assertEquals(1, admin.json("status").get("workers").size(), "who took them");
    rest.delete(video);
    Eventually.holds("all is gone", () -> admin.hasLiveBlobs(0));
  }

  private void curl(Path file, String path, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-H",
            "Authorization: Bearer " + Files.readString(cluster.keyFile()).strip(),
            "-o",
            file.toString(),
            rest.resolve(path).toString()));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(curl.getInputStream().readAllBytes());
    assertEquals(0, curl.waitFor(), said);
  }

  /// The web server has a heap of 512 MiB, and ends when that is not enough.
  @Tag("soak")
  @Test
  void anArchiveOfMoreThanAGibibytePassesThroughASmallHeap() throws Exception {
    Path clip = folder.resolve("noise.mp4");
    SampleClip.ffmpeg(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "color=gray:s=960x540:r=25:d=60,noise=alls=100:allf=t,format=yuv420p",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-crf",
            "10"),
        clip);
    String video = playable(clip);
    JsonNode frames = frames(video, "{\"count\":1000,\"format\":\"png\"}");
    assertTrue(frames.get("bytes").asLong() > 1L << 30, frames::toString);
    Path zip = folder.resolve("frames.zip");
    curl(zip, frames.at("/links/zip").asText());
    int count = 0;
    try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(zip))) {
      while (archive.getNextEntry() != null) {
        archive.transferTo(java.io.OutputStream.nullOutputStream());
        count++;
      }
    }
    assertEquals(1000, count);
    assertTrue(cluster.web().alive());
  }
}

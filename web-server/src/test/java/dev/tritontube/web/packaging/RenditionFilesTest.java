package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tritontube.manifests.mp4.Box;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenditionFilesTest {
  @TempDir Path folder;

  @Test
  void hasThePicturesAndTheSoundOfTheSegmentsWithItsTablesInFront() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder, true, true)) {
      AssetId asset = fixture.upload(clip());
      assertEquals(Status.COMPLETED, fixture.work(asset).status());
      for (String representation : List.of("240p", "source")) {
        RenditionFile file = whole(file(fixture, asset, representation, Optional.empty()));
        byte[] bytes = bytes(file, 0, file.sizeBytes());
        assertEquals("video/mp4", file.mediaType());
        assertEquals(
            List.of("ftyp", "moov", "mdat"),
            Box.list(ByteBuffer.wrap(bytes)).stream().map(Box::type).toList());
        Path assembled = Files.write(folder.resolve("assembled.mp4"), bytes);
        Path pictures =
            Files.write(folder.resolve("video.mp4"), fixture.file(asset, representation));
        assertEquals(frames(pictures, "v"), frames(assembled, "v"), representation);
        Path sound =
            Files.write(folder.resolve("sound.mp4"), fixture.file(asset, sound(fixture, asset)));
        assertEquals(frames(sound, "a"), frames(assembled, "a"), representation);
        assertEquals("150\n235", counts(assembled));
        assertEquals("0.000000\n0.000000", starts(assembled));
        answersRanges(file, bytes);
      }
      RenditionFile alone = whole(file(fixture, asset, sound(fixture, asset), Optional.of("und")));
      assertEquals("audio/mp4", alone.mediaType());
      assertInstanceOf(
          RenditionAnswer.Unknown.class, file(fixture, asset, "240p", Optional.of("de")));
      assertInstanceOf(RenditionAnswer.Unknown.class, file(fixture, asset, "9p", Optional.empty()));
      speaksAsItIsCalled(fixture, asset);
    }
  }

  private void speaksAsItIsCalled(PackagingFixture fixture, AssetId asset) throws Exception {
    Published published = published(fixture, asset);
    Published german =
        new Published(
            published.revision(),
            published
                .presentation()
                .renamed(
                    sounds ->
                        sounds.stream().map(sound -> sound.as(Role.MAIN, "de", "")).toList()));
    RenditionFile file = whole(fixture.packaging.file(asset, german, "240p", Optional.of("de")));
    Path assembled = Files.write(folder.resolve("german.mp4"), bytes(file, 0, file.sizeBytes()));
    assertEquals("deu", probed(assembled, "-hide_banner", "stream_tags=language").split("\n")[1]);
    assertNotEquals(
        file.tag(), whole(file(fixture, asset, "240p", Optional.empty())).tag(), "other bytes");
  }

  @Test
  void isThereOnlyWhenAllOfItIs() throws Exception {
    try (PackagingFixture idle = new PackagingFixture(folder, false, false)) {
      AssetId asset = idle.upload(clip());
      idle.plan(asset);
      assertInstanceOf(RenditionAnswer.NotWhole.class, file(idle, asset, "240p", Optional.empty()));
    }
  }

  private static RenditionAnswer file(
      PackagingFixture fixture, AssetId asset, String representation, Optional<String> language)
      throws Exception {
    return fixture.packaging.file(asset, published(fixture, asset), representation, language);
  }

  private static Published published(PackagingFixture fixture, AssetId asset) {
    return fixture.packaging.published(asset).orElseThrow();
  }

  private byte[] clip() throws Exception {
    return new Clips(folder).usual("a.mp4", "640x360", "30", "5");
  }

  private static String sound(PackagingFixture fixture, AssetId asset) {
    return published(fixture, asset)
        .presentation()
        .periods()
        .getFirst()
        .audios()
        .getFirst()
        .representations()
        .getFirst()
        .id();
  }

  private static RenditionFile whole(RenditionAnswer answer) {
    return assertInstanceOf(RenditionAnswer.Whole.class, answer).file();
  }

  private static void answersRanges(RenditionFile file, byte[] bytes) throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      int from = file.headBytes() + random.nextInt(bytes.length - file.headBytes());
      int to = (int) Math.min(bytes.length, from + file.lengthAt(from));
      assertArrayEquals(Arrays.copyOfRange(bytes, from, to), bytes(file, from, to));
    }
  }

  private static byte[] bytes(RenditionFile file, long from, long to) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long position = from;
    if (position < file.headBytes()) {
      byte[] head = new byte[file.headBytes()];
      file.head().get(head);
      bytes.write(head, (int) position, head.length - (int) position);
      position = head.length;
    }
    while (position < to) {
      long length = Math.min(to - position, file.lengthAt(position));
      try (BlobStream stream = file.open(position, length)) {
        for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
          byte[] part = new byte[data.remaining()];
          data.get(part);
          bytes.writeBytes(part);
        }
      }
      position += length;
    }
    return bytes.toByteArray();
  }

  /// Time and content of each.
  private static String frames(Path file, String kind) throws Exception {
    return Clips.output(
        "ffmpeg", "-v", "error", "-i", file.toString(), "-map", "0:" + kind, "-f", "framemd5", "-");
  }

  private static String counts(Path file) throws Exception {
    return probed(file, "-count_packets", "stream=nb_read_packets");
  }

  private static String starts(Path file) throws Exception {
    return probed(file, "-hide_banner", "stream=start_time");
  }

  private static String probed(Path file, String option, String entries) throws Exception {
    return Clips.output(
        "ffprobe",
        "-v",
        "error",
        option,
        "-of",
        "csv=p=0",
        "-show_entries",
        entries,
        file.toString());
  }
}

package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file too large to list its packets is planned like a small one.
class HeaderTimesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "mov"})
  void tellTheSameAsThePackets(String kind) throws Exception {
    byte[] clip = new Clips(folder).usual("a." + kind, "320x240", "30000/1001", "3");
    SourceMedia.Timing listed = probe(clip, Long.MAX_VALUE);
    SourceMedia.Timing told = probe(clip, 0);
    assertEquals(listed.frames(), told.frames());
    assertEquals(listed.rate(), told.rate());
    assertEquals(listed.startSeconds(), told.startSeconds(), 0.001);
  }

  private static SourceMedia.Timing probe(byte[] clip, long scannedBytes) throws Exception {
    MediaTools tools = MediaTools.find(Optional.empty(), Optional.empty()).orElseThrow();
    try (SourceRelay relay = new SourceRelay();
        SourceRelay.Lease lease = relay.lend(new Clip(clip))) {
      Source source = new Source(lease, Container.sniff(clip).orElseThrow());
      SourceMedia media =
          new Probe(tools.ffprobe(), new ToolRunner(), scannedBytes)
              .probe(source, new Cancellation());
      return Objects.requireNonNull(media.video()).timing();
    }
  }

  private record Clip(byte[] bytes) implements Original {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }
  }
}

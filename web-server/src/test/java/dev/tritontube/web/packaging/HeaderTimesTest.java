package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file too large to list its packets is planned like a small one.
class HeaderTimesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "ts"})
  void tellTheSameAsThePackets(String kind) throws Exception {
    byte[] clip = new Clips(folder).usual("a." + kind, "320x240", "30000/1001", "3");
    SourceMedia byPackets = probe(clip, Long.MAX_VALUE);
    SourceMedia byHeaders = probe(clip, 0);
    assertFalse(byPackets.predicted());
    assertTrue(byHeaders.predicted());
    SourceMedia.Timing listed = Objects.requireNonNull(byPackets.video()).timing();
    SourceMedia.Timing told = Objects.requireNonNull(byHeaders.video()).timing();
    assertEquals(listed.frames(), told.frames());
    assertEquals(listed.rate(), told.rate());
    assertEquals(listed.startSeconds(), told.startSeconds(), 0.001);
  }

  @Test
  void areNotBelievedBeyondWhatWasSeen() throws Exception {
    String stream = "{\"start_time\":\"1.0\",\"duration\":\"36000\",\"avg_frame_rate\":\"25/1\"}";
    HeaderTimes times = new HeaderTimes(new ObjectMapper().readTree("{}"), 11);
    assertEquals(250, times.pictures(new ObjectMapper().readTree(stream)).frames());
  }

  private static SourceMedia probe(byte[] clip, long unlessEnds) throws Exception {
    try (Probed probed = new Probed(clip, new Probe.Sizes(0, unlessEnds))) {
      return probed.media();
    }
  }
}

package dev.tritontube.web.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A file to be read by ffmpeg or ffprobe, with the flags that keep it from reading anything else.
record Source(SourceRelay.Lease lease, Container container) {
  static final int MAX_STREAMS = 64;
  private static final long PROBED_PIXELS = 8 * Probe.MAX_PIXELS;

  String url() {
    return lease.url();
  }

  Original original() {
    return lease.original();
  }

  /// What stands before the address: only the demuxer that the first bytes call for, only the
  /// relay's protocol, no references to other files, bounded numbers of pixels and streams.
  List<String> inputOptions() {
    return options(Probe.MAX_PIXELS);
  }

  /// The same for the probe, which is to see that pictures are too large rather than nothing of
  /// them.
  List<String> probeOptions() {
    return options(PROBED_PIXELS);
  }

  private List<String> options(long maxPixels) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-f", container.demuxer(),
                "-format_whitelist", container.demuxer(),
                "-protocol_whitelist", "http,tcp",
                "-max_streams", Integer.toString(MAX_STREAMS),
                "-max_pixels", Long.toString(maxPixels)));
    if (container.hasSampleTables()) {
      options.addAll(List.of("-enable_drefs", "0", "-use_absolute_path", "0"));
    }
    return options;
  }

  /// What a program complained about, without our addresses, for people.
  String scrub(String complaint) {
    if (complaint.contains("moov atom not found")) {
      return "the tables of what is in the file (moov) are missing: it is cut off, or unfinished";
    }
    String line = complaint.lines().reduce((_, last) -> last).orElse("the file cannot be decoded");
    String clean = line.replace(url(), "the file").replaceAll("\\[[^]]*\\] ?", "").strip();
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }

  void throwFailure() throws IOException {
    lease.throwFailure();
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.MediaException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A file to be read by ffmpeg or ffprobe, with the flags that keep it from reading anything else.
record Source(SourceRelay.Lease lease, Container container) {
  static final int MAX_STREAMS = 64;
  private static final long MOST_PIXELS = Probe.MAX_PIXELS;
  private static final long PROBED_PIXELS = 8 * MOST_PIXELS;

  /// As ffmpeg says it, of pictures whose size is not that of the headers.
  private static final Pattern REFUSED_SIZE =
      Pattern.compile("Picture size (\\d{1,9})x(\\d{1,9}) is invalid");

  /// What follows from what was said before.
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("Error marking filters|Conversion failed|Last message repeated");

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

  /// What it means that a program gave up.
  MediaException failure(String complaint) {
    if (complaint.contains("Cannot allocate memory")) {
      return new MediaException(Code.LIMIT_EXCEEDED, "the file takes more memory than is allowed");
    }
    boolean large =
        REFUSED_SIZE
            .matcher(complaint)
            .results()
            .anyMatch(
                size ->
                    Long.parseLong(size.group(1)) * Long.parseLong(size.group(2)) > MOST_PIXELS);
    return large
        ? new MediaException(
            Code.TOO_MANY_PIXELS, "pictures have more than " + MOST_PIXELS + " pixels")
        : new MediaException(Code.CORRUPT_MEDIA, scrub(complaint));
  }

  /// What a program complained about, without our addresses, for people.
  private String scrub(String complaint) {
    if (complaint.contains("moov atom not found")) {
      return "the tables of what is in the file (moov) are missing: it is cut off, or unfinished";
    }
    String line =
        complaint
            .lines()
            .filter(said -> !said.isBlank() && !SAYS_NOTHING.matcher(said).find())
            .reduce((_, last) -> last)
            .orElse("the file cannot be decoded");
    String clean = line.replace(url(), "the file").replaceAll("\\[[^]]*\\] ?", "").strip();
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }

  void throwFailure() throws IOException {
    lease.throwFailure();
  }
}

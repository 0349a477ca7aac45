package dev.tritontube.conformance;

import dev.tritontube.manifests.mp4.Box;
import dev.tritontube.manifests.mp4.InitSegment;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;

/// Fetches the files of representations and looks at their boxes, once, however many manifests name
/// them.
final class Media {
  private static final Set<String> TYPES = Set.of("video/mp4", "audio/mp4", "video/iso.segment");

  private static final Set<String> PICTURES = Set.of("image/jpeg");

  private final Library library;
  private final Findings findings;
  private final Map<Files, Optional<MediaTrack>> known = new HashMap<>();

  Media(Library library, Findings findings) {
    this.library = library;
    this.findings = findings;
  }

  private record Files(URI init, List<URI> segments) {}

  /// Empty when something of it is missing or cannot be read, which then is a finding.
  Optional<MediaTrack> track(URI init, List<URI> segments) throws IOException {
    Files files = new Files(init, List.copyOf(segments));
    Optional<MediaTrack> track = known.get(files);
    if (track == null) {
      track = read(files);
      known.put(files, track);
    }
    return track;
  }

  private Optional<MediaTrack> read(Files files) throws IOException {
    Optional<byte[]> head = file(files.init);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(head.get());
      InitSegment init = new InitChecks(findings, Where.of(files.init)).check(bytes);
      int lengthBytes = H264.lengthBytes(Box.required(Box.list(bytes), "moov"));
      return segments(files.segments, init, new SegmentChecks(findings, init, lengthBytes));
    } catch (MalformedMp4Exception e) {
      findings.fail(Rule.INIT_BOXES, Where.of(files.init), "an init segment", e);
      return Optional.empty();
    }
  }

  private Optional<MediaTrack> segments(List<URI> addresses, InitSegment init, SegmentChecks checks)
      throws IOException {
    List<MediaTrack.Segment> read = new ArrayList<>();
    for (URI address : addresses) {
      segment(address, checks).ifPresent(read::add);
    }
    return read.size() == addresses.size()
        ? Optional.of(new MediaTrack(init.onlyTrack(), read))
        : Optional.empty();
  }

  private Optional<MediaTrack.Segment> segment(URI address, SegmentChecks checks)
      throws IOException {
    Optional<byte[]> bytes = file(address);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(checks.check(address, ByteBuffer.wrap(bytes.get())));
    } catch (MalformedMp4Exception e) {
      findings.fail(Rule.SEGMENT_BOXES, Where.of(address), "a segment", e);
      return Optional.empty();
    }
  }

  /// A picture as it is shown. Empty when it is missing, or none, which then is a finding.
  Optional<BufferedImage> picture(URI address, Rule rule) throws IOException {
    Optional<byte[]> bytes = file(address, PICTURES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Optional<BufferedImage> picture =
        Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes.get())));
    findings.expect(picture.isPresent(), rule, Where.of(address), "a picture", "none");
    return picture;
  }

  private Optional<byte[]> file(URI address) throws IOException {
    return file(address, TYPES);
  }

  private Optional<byte[]> file(URI address, Set<String> types) throws IOException {
    Answer answer = library.get(address);
    String where = Where.of(address);
    findings.expect(!answer.redirect(), Rule.HLS_DIRECT, where, "no redirect", answer.status());
    findings.expectEqual(200, answer.status(), Rule.FILES_SERVED, where);
    if (!answer.ok()) {
      return Optional.empty();
    }
    findings.expect(
        types.contains(answer.type()), Rule.HLS_TYPES, where, "one of " + types, answer.type());
    return Optional.of(answer.body());
  }
}

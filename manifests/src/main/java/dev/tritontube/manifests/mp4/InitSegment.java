package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What precedes the fragments of a file: `ftyp` and `moov`. Immutable.
public final class InitSegment {
  private final List<String> brands;
  private final List<TrackHeader> tracks;
  private final Map<Long, SampleDefaults> defaults;

  private InitSegment(
      List<String> brands, List<TrackHeader> tracks, Map<Long, SampleDefaults> defaults) {
    this.brands = brands;
    this.tracks = tracks;
    this.defaults = defaults;
  }

  /// Reads the whole of `bytes`, from its position to its limit; neither moves.
  public static InitSegment parse(ByteBuffer bytes) throws MalformedMp4Exception {
    List<Box> boxes = Box.list(bytes);
    Box moov = Box.required(boxes, "moov");
    List<TrackHeader> tracks = new ArrayList<>();
    for (Box box : moov.children()) {
      if (box.type().equals("trak")) {
        tracks.add(TrackHeader.parse(box));
      }
    }
    return new InitSegment(brands(boxes), List.copyOf(tracks), defaults(moov));
  }

  /// The same bytes without edit lists, so that media time is presentation time. For fragmented
  /// files only: nothing in them refers to positions.
  public static byte[] withoutEdits(byte[] init) throws MalformedMp4Exception {
    return EditRemoval.apply(init);
  }

  /// The major brand, then the compatible ones.
  public List<String> brands() {
    return brands;
  }

  public List<TrackHeader> tracks() {
    return tracks;
  }

  /// @throws MalformedMp4Exception if there is not exactly one
  public TrackHeader onlyTrack() throws MalformedMp4Exception {
    if (tracks.size() != 1) {
      throw new MalformedMp4Exception("expected one track, found " + tracks.size());
    }
    return tracks.getFirst();
  }

  SampleDefaults defaults(long track) {
    return defaults.getOrDefault(track, SampleDefaults.NONE);
  }

  private static List<String> brands(List<Box> boxes) throws MalformedMp4Exception {
    Optional<Box> type = Box.first(boxes, "ftyp");
    List<String> brands = new ArrayList<>();
    if (type.isPresent()) {
      Fields fields = type.get().fields();
      brands.add(fields.fourCharacters());
      fields.skip(4);
      while (fields.remaining() >= 4) {
        brands.add(fields.fourCharacters());
      }
    }
    return List.copyOf(brands);
  }

  private static Map<Long, SampleDefaults> defaults(Box moov) throws MalformedMp4Exception {
    Map<Long, SampleDefaults> defaults = new HashMap<>();
    Optional<Box> extension = moov.optionalChild("mvex");
    if (extension.isPresent()) {
      for (Box box : extension.get().children()) {
        if (box.type().equals("trex")) {
          Fields fields = box.fields().skip(4);
          defaults.put(fields.u32(), SampleDefaults.parse(fields));
        }
      }
    }
    return Map.copyOf(defaults);
  }
}

package dev.tritontube.conformance;

import dev.tritontube.manifests.mp4.Box;
import dev.tritontube.manifests.mp4.Fields;
import dev.tritontube.manifests.mp4.InitSegment;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at the boxes of an init segment.
final class InitChecks {
  /// Brands whose readers know `default-base-is-moof` and everything else that is used.
  private static final Set<String> BASES = Set.of("iso6", "iso7", "iso8", "iso9", "isoa");

  private static final Set<String> CMAF = Set.of("cmfc", "cmf2");

  /// By table, where its number of entries is.
  private static final Map<String, Integer> COUNTS =
      Map.of("stts", 4, "stsc", 4, "stsz", 8, "stco", 4);

  private final Findings findings;
  private final String where;

  InitChecks(Findings findings, String where) {
    this.findings = findings;
    this.where = where;
  }

  InitSegment check(ByteBuffer bytes) throws MalformedMp4Exception {
    List<Box> boxes = Box.list(bytes);
    List<String> types = boxes.stream().map(Box::type).toList();
    findings.expectEqual(List.of("ftyp", "moov"), types, Rule.INIT_BOXES, where);
    findings.expectEqual(bytes.remaining(), size(boxes), Rule.INIT_BOXES, where + ", bytes");
    InitSegment init = InitSegment.parse(bytes);
    findings.expectEqual(1, init.tracks().size(), Rule.INIT_BOXES, where + ", tracks");
    brands(init.brands());
    Box moov = Box.required(boxes, "moov");
    extension(moov, init.onlyTrack().id());
    tables(moov);
    boolean edited = moov.child("trak").optionalChild("edts").isPresent();
    findings.expect(!edited, Rule.INIT_TIME, where, "no edit list", "one");
    return init;
  }

  static int size(List<Box> boxes) {
    return boxes.stream().mapToInt(Box::size).sum();
  }

  private void brands(List<String> brands) {
    findings.expect(
        brands.stream().anyMatch(CMAF::contains), Rule.INIT_BRANDS, where, "cmfc or cmf2", brands);
    findings.expect(
        brands.stream().anyMatch(BASES::contains),
        Rule.INIT_BRANDS,
        where,
        "iso6 or later",
        brands);
  }

  private void extension(Box moov, long track) throws MalformedMp4Exception {
    boolean extended = false;
    if (moov.optionalChild("mvex").isPresent()) {
      for (Box box : moov.child("mvex").children()) {
        extended |= box.type().equals("trex") && box.fields().skip(4).u32() == track;
      }
    }
    findings.expect(extended, Rule.INIT_EXTENDS, where, "a trex of track " + track, "none");
  }

  private void tables(Box moov) throws MalformedMp4Exception {
    Box table = moov.child("trak").child("mdia").child("minf").child("stbl");
    for (Map.Entry<String, Integer> count : COUNTS.entrySet()) {
      Fields fields = table.child(count.getKey()).fields().skip(count.getValue());
      String name = where + ", entries of " + count.getKey();
      findings.expectEqual(0L, fields.u32(), Rule.INIT_EMPTY, name);
    }
  }
}

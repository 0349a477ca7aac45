package dev.tritontube.conformance;

import dev.tritontube.manifests.mp4.Box;
import dev.tritontube.manifests.mp4.Fragment;
import dev.tritontube.manifests.mp4.InitSegment;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.Sample;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at the boxes of the segments of one representation, in their order.
final class SegmentChecks {
  private static final int DEFAULT_BASE_IS_MOOF = 0x2_0000;
  private static final int BASE_DATA_OFFSET = 1;

  /// What may precede a `moof`.
  private static final Set<String> BEFORE = Set.of("styp", "prft", "emsg");

  private final Findings findings;
  private final InitSegment init;
  private final int lengthBytes;
  private long sequence = -1;
  private long time = -1;

  /// @param lengthBytes before each NAL unit; 0 of what is not H.264
  SegmentChecks(Findings findings, InitSegment init, int lengthBytes) {
    this.findings = findings;
    this.init = init;
    this.lengthBytes = lengthBytes;
  }

  MediaTrack.Segment check(URI address, ByteBuffer bytes) throws MalformedMp4Exception {
    String where = Where.of(address);
    List<Box> boxes = order(where, bytes);
    List<Fragment> fragments = new ArrayList<>();
    for (int i = 0; i + 1 < boxes.size(); i++) {
      if (boxes.get(i).type().equals("moof") && boxes.get(i + 1).type().equals("mdat")) {
        Fragment fragment = fragment(where, bytes, boxes.get(i), boxes.get(i + 1));
        if (fragments.isEmpty()) {
          opening(where, fragment, bytes.position() + boxes.get(i).start(), bytes);
        }
        fragments.add(fragment);
      }
    }
    if (fragments.isEmpty()) {
      throw new MalformedMp4Exception("no fragment");
    }
    return new MediaTrack.Segment(
        address,
        bytes.remaining(),
        fragments.getFirst().baseMediaDecodeTime(),
        fragments.stream().mapToLong(Fragment::duration).sum(),
        fragments.stream().mapToInt(fragment -> fragment.samples().size()).sum());
  }

  private List<Box> order(String where, ByteBuffer bytes) throws MalformedMp4Exception {
    List<Box> boxes = Box.list(bytes);
    List<String> types =
        boxes.stream().map(Box::type).filter(type -> !BEFORE.contains(type)).toList();
    boolean turns = !types.isEmpty() && types.size() % 2 == 0;
    for (int i = 0; i < types.size(); i++) {
      turns &= types.get(i).equals(i % 2 == 0 ? "moof" : "mdat");
    }
    findings.expect(turns, Rule.SEGMENT_BOXES, where, "moof and mdat", types);
    findings.expectEqual(
        bytes.remaining(), InitChecks.size(boxes), Rule.SEGMENT_BOXES, where + ", bytes");
    return boxes;
  }

  private Fragment fragment(String where, ByteBuffer bytes, Box moof, Box mdat)
      throws MalformedMp4Exception {
    int length = mdat.start() + mdat.size() - moof.start();
    ByteBuffer both = bytes.slice(bytes.position() + moof.start(), length);
    Fragment fragment = Fragment.parse(both, init);
    findings.expect(
        fragment.sequenceNumber() > sequence,
        Rule.SEGMENT_SEQUENCE,
        where,
        "more than " + sequence,
        fragment.sequenceNumber());
    sequence = fragment.sequenceNumber();
    if (time >= 0) {
      findings.expectEqual(time, fragment.baseMediaDecodeTime(), Rule.SEGMENT_CONTINUOUS, where);
    }
    time = fragment.baseMediaDecodeTime() + fragment.duration();
    track(where, moof, fragment);
    data(where, moof, mdat, fragment);
    return fragment;
  }

  private void track(String where, Box moof, Fragment fragment) throws MalformedMp4Exception {
    findings.expectEqual(
        init.onlyTrack().id(), fragment.trackId(), Rule.SEGMENT_TRACK, where + ", track");
    Box traf = moof.child("traf");
    int flags = traf.child("tfhd").fields().i32();
    findings.expect(
        (flags & DEFAULT_BASE_IS_MOOF) != 0 && (flags & BASE_DATA_OFFSET) == 0,
        Rule.SEGMENT_TRACK,
        where + ", tfhd",
        "default-base-is-moof",
        "flags %06X".formatted(flags & 0xff_ffff));
    for (Box run : traf.children()) {
      if (run.type().equals("trun")) {
        int version = run.fields().u8();
        findings.expectEqual(1, version, Rule.SEGMENT_PRESENTATION, where + ", version of trun");
      }
    }
  }

  private void data(String where, Box moof, Box mdat, Fragment fragment) {
    int position = mdat.start() + mdat.size() - mdat.content().remaining() - moof.start();
    for (Sample sample : fragment.samples()) {
      if (sample.offset() != position) {
        findings.fail(Rule.SEGMENT_DATA, where, "a sample at " + position, sample.offset());
        return;
      }
      position += sample.size();
    }
    int end = mdat.start() + mdat.size() - moof.start();
    findings.expectEqual(end, position, Rule.SEGMENT_DATA, where + ", end of the samples");
  }

  /// The first fragment of a segment, with which players begin.
  private void opening(String where, Fragment fragment, int start, ByteBuffer bytes) {
    findings.expectEqual(
        0L, fragment.earliestPresentation(), Rule.SEGMENT_PRESENTATION, where + ", ticks too late");
    Sample sample = fragment.samples().getFirst();
    findings.expect(sample.sync(), Rule.SEGMENT_SAP, where, "a sync sample", "none");
    if (lengthBytes > 0) {
      ByteBuffer content = bytes.slice(start + sample.offset(), sample.size());
      boolean idr = H264.startsWithIdr(content, lengthBytes);
      findings.expect(idr, Rule.SEGMENT_IDR, where, "an IDR picture", "another");
    }
  }
}

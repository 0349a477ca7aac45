package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// Holds the bytes of a representation against what the presentation says of it: brands, codecs,
/// times and lengths of every segment, a key frame at each beginning, peak bandwidth. For one
/// thread; segments may come in any order.
public final class SegmentChecker {
  private static final Set<String> CMAF = Set.of("cmfc", "cmf2");

  /// Apple's authoring rules let the peak be 10 % off.
  private static final Rational BANDWIDTH_TOLERANCE = new Rational(11, 10);

  private final Representation representation;
  private final Timeline timeline;
  private final InitSegment init;
  private final BitSet seen = new BitSet();
  private final List<String> findings = new ArrayList<>();

  /// @throws MalformedMp4Exception if the init segment cannot be read at all
  public SegmentChecker(Representation representation, Timeline timeline, ByteBuffer initSegment)
      throws MalformedMp4Exception {
    this.representation = representation;
    this.timeline = timeline;
    this.init = InitSegment.parse(initSegment);
    checkInit(init.onlyTrack());
  }

  /// Checks a segment of one or several fragments.
  public void check(long number, ByteBuffer segment) {
    if (!timeline.contains(number)) {
      find("segment %d is not in the timeline", number);
      return;
    }
    seen.set((int) (number - timeline.firstNumber()));
    try {
      check(timeline.segment(number), fragments(segment), segment.remaining());
    } catch (MalformedMp4Exception e) {
      find("segment %d cannot be read: %s", number, e);
    }
  }

  /// What is wrong, in words; empty if every segment was checked and all is well.
  public List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    if (seen.cardinality() < timeline.count()) {
      all.add(
          "%s: %d of %d segments were checked"
              .formatted(representation.id(), seen.cardinality(), timeline.count()));
    }
    return List.copyOf(all);
  }

  private void checkInit(TrackHeader track) {
    if (init.brands().stream().noneMatch(CMAF::contains)) {
      find("brands %s are not CMAF's", init.brands());
    }
    if (track.timescale() != timeline.timescale()) {
      find("timescale is %d, not %d", track.timescale(), timeline.timescale());
    }
    if (track.edited()) {
      find("an edit list shifts it");
    }
    Format expected =
        switch (representation) {
          case VideoRepresentation video ->
              new Format.Video(video.codecs(), video.width(), video.height());
          case AudioRepresentation audio ->
              new Format.Audio(audio.codecs(), audio.sampleRate(), audio.channels());
        };
    if (!track.format().equals(expected)) {
      find("it is %s, not %s", track.format(), expected);
    }
  }

  private void check(Segment expected, List<Fragment> fragments, long bytes) {
    Fragment first = fragments.getFirst();
    long number = expected.number();
    if (first.baseMediaDecodeTime() != expected.start()) {
      find(
          "segment %d begins at %d, not %d", number, first.baseMediaDecodeTime(), expected.start());
    }
    if (first.earliestPresentation() != 0) {
      find(
          "segment %d shows its first picture %d ticks late", number, first.earliestPresentation());
    }
    if (!first.startsWithSync()) {
      find("segment %d does not begin with a key frame", number);
    }
    long time = first.baseMediaDecodeTime();
    for (Fragment fragment : fragments) {
      if (fragment.baseMediaDecodeTime() != time) {
        find("segment %d has a gap at %d", number, time);
      }
      time = fragment.baseMediaDecodeTime() + fragment.duration();
    }
    long duration = time - first.baseMediaDecodeTime();
    if (duration != expected.duration()) {
      find("segment %d lasts %d ticks, not %d", number, duration, expected.duration());
    }
    checkBandwidth(expected, bytes);
  }

  /// A segment may take as long to come as the longest lasts, for so long players wait at first.
  private void checkBandwidth(Segment segment, long bytes) {
    Rational rate = new Rational(bytes * Byte.SIZE * timeline.timescale(), timeline.longest());
    long peak = representation.bandwidth().peak();
    if (rate.compareTo(Rational.of(BANDWIDTH_TOLERANCE.timesFloor(peak))) > 0) {
      find(
          "segment %d has %.0f bit/s, the peak is %d",
          segment.number(), rate.approximately(), peak);
    }
  }

  private List<Fragment> fragments(ByteBuffer segment) throws MalformedMp4Exception {
    List<Fragment> fragments = new ArrayList<>();
    int start = 0;
    for (Box box : Box.list(segment)) {
      if (box.type().equals("mdat")) {
        int end = box.start() + box.size();
        ByteBuffer bytes = segment.slice(segment.position() + start, end - start);
        fragments.add(Fragment.parse(bytes, init));
        start = end;
      }
    }
    if (fragments.isEmpty()) {
      throw new MalformedMp4Exception("no fragment");
    }
    return fragments;
  }

  private void find(String problem, Object... details) {
    findings.add(representation.id() + ": " + problem.formatted(details));
  }
}

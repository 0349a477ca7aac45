package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The pictures of a file as a representation: its own samples in CMAF segments, which begin at its
/// own key frames. Everything but the samples' bytes is known without reading them, and a segment
/// is its head followed by ranges of the file. Immutable; keeps some 24 bytes for each sample.
///
/// Times are put on the grid of the rate: sample i is decoded at the place of frame i, and shown as
/// many frames later (or, with a negative offset, earlier) as its frame's place differs. Time 0 is
/// the first frame, wherever the file's edit list puts it.
public final class Remux {
  private final long track;
  private final AvcEntry entry;
  private final SampleTable samples;
  private final FrameOrder order;
  private final Timeline timeline;
  private final long frameTicks;

  /// @param track its id in the file
  /// @param timeline of whole frames
  Remux(
      long track,
      AvcEntry entry,
      SampleTable samples,
      FrameOrder order,
      Timeline timeline,
      long frameTicks) {
    this.track = track;
    this.entry = entry;
    this.samples = samples;
    this.order = order;
    this.timeline = timeline;
    this.frameTicks = frameTicks;
  }

  /// Id of the track in the file.
  public long track() {
    return track;
  }

  /// As in RFC 6381.
  public String codecs() {
    return entry.codecs();
  }

  public int width() {
    return entry.width();
  }

  public int height() {
    return entry.height();
  }

  /// Length of a frame on the timeline.
  public long frameTicks() {
    return frameTicks;
  }

  /// Numbered from 0.
  public Timeline timeline() {
    return timeline;
  }

  /// Exact, of the segments without the init segment.
  public Bandwidth bandwidth() {
    return Bandwidth.of(timeline, this::length);
  }

  public byte[] init() {
    return InitWriter.pictures(timeline.timescale(), width(), height(), entry.description());
  }

  /// Bytes of a segment.
  ///
  /// @throws IndexOutOfBoundsException if there is no segment of this number; so do all that follow
  public long length(long number) {
    return length(timeline.segment(number));
  }

  /// What a segment begins with.
  public byte[] head(long number) {
    Segment segment = timeline.segment(number);
    List<FragmentWriter.Entry> entries =
        IntStream.range(first(segment), end(segment))
            .mapToObj(
                i ->
                    new FragmentWriter.Entry(
                        samples.size(i), frameTicks, order.shift(i) * frameTicks, samples.sync(i)))
            .toList();
    return FragmentWriter.head(number + 1, InitWriter.TRACK, segment.start(), entries);
  }

  /// What follows the head of a segment: parts of the file, in this order, each as long as can be.
  public List<FileRange> ranges(long number) {
    Segment segment = timeline.segment(number);
    List<FileRange> ranges = new ArrayList<>();
    int next = first(segment);
    while (next < end(segment)) {
      long offset = samples.offset(next);
      long end = offset;
      while (next < end(segment) && samples.offset(next) == end) {
        end += samples.size(next++);
      }
      ranges.add(new FileRange(offset, end - offset));
    }
    return ranges;
  }

  /// A whole segment.
  ///
  /// @param file the one whose tables these are
  public byte[] segment(long number, ByteSource file) throws IOException {
    ByteBuffer segment = ByteBuffer.allocate((int) length(number)).put(head(number));
    RangeReader.read(file, ranges(number), segment);
    return segment.array();
  }

  long length(Segment segment) {
    long bytes = FragmentWriter.headBytes(end(segment) - first(segment));
    for (int i = first(segment); i < end(segment); i++) {
      bytes += samples.size(i);
    }
    return bytes;
  }

  int firstSample(long number) {
    return first(timeline.segment(number));
  }

  private int first(Segment segment) {
    return (int) (segment.start() / frameTicks);
  }

  private int end(Segment segment) {
    return first(segment) + (int) (segment.duration() / frameTicks);
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.Format;
import dev.tritontube.manifests.mp4.Fragment;
import dev.tritontube.manifests.mp4.InitSegment;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.SegmentSplitter;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Cuts the fragmented MP4 that ffmpeg writes into an init segment and segments, one for each
/// fragment, and gives each its place on the plan's timeline. For one stream.
final class VideoFragments {
  private static final int MAX_FRAGMENT_BYTES = 60 << 20;

  private final String representation;
  private final String codecs;
  private final Timeline timeline;
  private final long end;
  private long next;

  /// @param span of which this is one representation
  VideoFragments(Rung rung, Timeline timeline, Span span) {
    this.representation = rung.id();
    this.codecs = rung.codecs();
    this.timeline = timeline;
    this.next = span.first();
    this.end = span.end();
  }

  /// Reads to the end of the stream.
  ///
  /// @return whether all came
  /// @throws MalformedMp4Exception when the stream is not what the plan calls for
  /// @throws IOException when the sink fails
  boolean read(InputStream stream, SegmentSink sink) throws IOException {
    new SegmentSplitter(MAX_FRAGMENT_BYTES)
        .split(
            stream,
            new SegmentSplitter.Sink() {
              @Override
              public void init(byte[] bytes, InitSegment init) throws IOException {
                check(init);
                sink.store(
                    representation,
                    SegmentSink.INIT,
                    ByteBuffer.wrap(InitSegment.withoutEdits(bytes)));
              }

              @Override
              public void fragment(byte[] bytes, Fragment fragment) throws IOException {
                long number = next++;
                check(number, fragment);
                ByteBuffer placed = ByteBuffer.wrap(bytes);
                Fragment.retime(placed, number + 1, timeline.segment(number).start());
                sink.store(representation, number, placed);
              }
            });
    return next == end;
  }

  /// Players are told before anything is encoded what it will be.
  private void check(InitSegment init) throws MalformedMp4Exception {
    Format format = init.onlyTrack().format();
    if (!(format instanceof Format.Video made) || !made.codecs().equals(codecs)) {
      throw new MalformedMp4Exception("%s is %s, not %s".formatted(representation, format, codecs));
    }
  }

  private void check(long number, Fragment fragment) throws MalformedMp4Exception {
    if (number >= end) {
      throw new MalformedMp4Exception(
          "segment %d of %s is beyond the span".formatted(number, representation));
    }
    Segment planned = timeline.segment(number);
    boolean inPlace = fragment.earliestPresentation() == 0 && fragment.startsWithSync();
    if (fragment.duration() != planned.duration() || !inPlace) {
      throw new MalformedMp4Exception(
          "segment %d of %s has %d ticks from %d on, not %d from 0 on, or begins without a key frame"
              .formatted(
                  number,
                  representation,
                  fragment.duration(),
                  fragment.earliestPresentation(),
                  planned.duration()));
    }
  }
}

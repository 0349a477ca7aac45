package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.AacSegments;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Turns AAC in ADTS (ISO/IEC 14496-3, 1.A.3) into CMAF segments on the grid of 1,024 samples.
///
/// The encoder's first frame is priming: it sounds before the beginning. It is dropped (with the
/// frames that lead to a span in the middle, see `SoundCut`), so that frame k holds the samples
/// from k * 1,024 on and no edit list is needed.
final class AudioFragments {
  private static final int ADTS_HEADER = 7;
  private static final int CHECKSUM = 2;

  private final String representation;
  private final Timeline timeline;
  private final Span span;
  private final int dropped;
  private final int bitsPerSecond;

  AudioFragments(String representation, EncodingPlan plan, Span span) {
    this.representation = representation;
    this.timeline = plan.audioTimeline();
    this.span = span;
    this.dropped = new SoundCut(plan, span).dropped();
    this.bitsPerSecond = plan.soundBitsPerSecond();
  }

  /// Reads to the end of the stream.
  ///
  /// @return whether all segments came
  boolean read(InputStream stream, SegmentSink sink) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    sink.store(
        representation,
        SegmentSink.INIT,
        ByteBuffer.wrap(AacSegments.init(EncodingPlan.AUDIO_CHANNELS, bitsPerSecond)));
    for (int i = 0; i < dropped; i++) {
      frame(in);
    }
    for (long number = span.first(); number < span.end(); number++) {
      Segment segment = timeline.segment(number);
      List<byte[]> frames = frames(in, segment);
      if (frames.isEmpty()) {
        return false;
      }
      sink.store(representation, number, ByteBuffer.wrap(AacSegments.segment(segment, frames)));
    }
    in.transferTo(java.io.OutputStream.nullOutputStream());
    return true;
  }

  /// The frames of a segment; empty when the stream ends before its last.
  private static List<byte[]> frames(DataInputStream in, Segment segment) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (long left = segment.duration(); left > 0; left -= EncodingPlan.AUDIO_FRAME) {
      byte[] frame = frame(in);
      if (frame.length == 0) {
        return List.of();
      }
      frames.add(frame);
    }
    return frames;
  }

  /// The next frame without its header; empty at the end.
  private static byte[] frame(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(ADTS_HEADER);
    if (header.length == 0) {
      return header;
    }
    if (header.length < ADTS_HEADER || (header[0] & 0xFF) != 0xFF || (header[1] & 0xF0) != 0xF0) {
      throw new EOFException("the encoder's sound is not ADTS");
    }
    int skip = (header[1] & 1) == 0 ? CHECKSUM : 0;
    int length = (header[3] & 3) << 11 | (header[4] & 0xFF) << 3 | (header[5] & 0xFF) >> 5;
    in.skipNBytes(skip);
    byte[] frame = new byte[length - ADTS_HEADER - skip];
    in.readFully(frame);
    return frame;
  }
}

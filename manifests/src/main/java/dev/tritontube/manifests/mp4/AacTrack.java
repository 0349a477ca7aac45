package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sound of a file that can be played as it is: AAC-LC at 48 kHz, one frame after the other
/// without a gap. Immutable; keeps some 20 bytes for each frame.
public final class AacTrack {
  static final String LOW_COMPLEXITY = "mp4a.40.2";
  static final int MOST_CHANNELS = 2;

  private final long id;
  private final int channels;
  private final long start;
  private final SampleTable frames;

  private AacTrack(long id, int channels, long start, SampleTable frames) {
    this.id = id;
    this.channels = channels;
    this.start = start;
    this.frames = frames;
  }

  /// Empty when it is anything else, or the file lost its end.
  public static Optional<AacTrack> of(MovieTrack track) {
    try {
      Format format = SampleEntries.format(track.header().handler(), track.description());
      boolean plain =
          format instanceof Format.Audio audio
              && audio.codecs().equals(LOW_COMPLEXITY)
              && audio.sampleRate() == AacSegments.RATE
              && audio.channels() >= 1
              && audio.channels() <= MOST_CHANNELS
              && track.header().timescale() == AacSegments.RATE
              && track.samplesInFile() == track.samples();
      return plain ? continuous(track, ((Format.Audio) format).channels()) : Optional.empty();
    } catch (MalformedMp4Exception e) {
      return Optional.empty();
    }
  }

  private static Optional<AacTrack> continuous(MovieTrack track, int channels)
      throws MalformedMp4Exception {
    SampleTable frames = track.sampleTable();
    for (int i = 0; i + 1 < frames.count(); i++) {
      if (frames.duration(i) != AacSegments.FRAME || frames.compositionOffset(i) != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new AacTrack(track.header().id(), channels, track.begin(), frames));
  }

  /// Of the track in the file.
  public long id() {
    return id;
  }

  public int channels() {
    return channels;
  }

  /// Where the first frame is on the movie's clock, in samples; negative where the edit list hides
  /// an encoder's priming.
  public long start() {
    return start;
  }

  /// How many frames there are.
  public int count() {
    return frames.count();
  }

  /// Bytes of a segment.
  ///
  /// @param first the frame with which the timeline begins
  public long length(Segment segment, int first) {
    int[] sizes = sizes(segment, first);
    long bytes = FragmentWriter.headBytes(sizes.length);
    for (int size : sizes) {
      bytes += size;
    }
    return bytes;
  }

  /// What precedes the frames of a segment.
  ///
  /// @param first the frame with which the timeline begins
  public byte[] head(Segment segment, int first) {
    return AacSegments.head(segment, sizes(segment, first));
  }

  /// A whole segment.
  ///
  /// @param first the frame with which the timeline begins
  /// @param file the one whose track this is
  public byte[] segment(Segment segment, int first, ByteSource file) throws IOException {
    List<FileRange> ranges = new ArrayList<>();
    int[] sizes = sizes(segment, first);
    int from = from(segment, first);
    for (int i = 0; i < sizes.length; i++) {
      ranges.add(new FileRange(frames.offset(from + i), sizes[i]));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length(segment, first));
    bytes.put(AacSegments.head(segment, sizes));
    RangeReader.read(file, ranges, bytes);
    return bytes.array();
  }

  private int[] sizes(Segment segment, int first) {
    int from = from(segment, first);
    int count = (int) Math.ceilDiv(segment.duration(), (long) AacSegments.FRAME);
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = frames.size(from + i);
    }
    return sizes;
  }

  private static int from(Segment segment, int first) {
    return first + (int) (segment.start() / AacSegments.FRAME);
  }
}

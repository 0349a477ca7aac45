package dev.tritontube.manifests.mp4;

import static dev.tritontube.manifests.mp4.BoxBytes.box;
import static dev.tritontube.manifests.mp4.BoxBytes.ints;
import static dev.tritontube.manifests.mp4.BoxBytes.join;
import static dev.tritontube.manifests.mp4.BoxBytes.longs;
import static dev.tritontube.manifests.mp4.BoxBytes.shorts;
import static dev.tritontube.manifests.mp4.BoxBytes.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An MP4 file with its tables in front, of which only these are made: the rest are the bytes of
/// samples as they are in fragments, the tracks' chunks in turn. So its size and where everything
/// is are known before any of it is read, and the same fragments always make the same file (ISO/IEC
/// 14496-12). Immutable.
///
/// ```
/// ftyp moov mdat [chunk of pictures] [chunks of sound up to there] [chunk of pictures] …
/// ```
public final class ProgressiveFile {
  private static final int VERSION_1 = 1 << 24;
  private static final int UNITY = 0x0001_0000;
  private static final long MOST_NARROW = 0xffff_ffffL;
  private static final int LARGE = 1;

  private final byte[] head;
  private final List<Piece> pieces;
  private final long[] positions;
  private final long size;

  private ProgressiveFile(byte[] head, List<Piece> pieces, long[] positions, long size) {
    this.head = head;
    this.pieces = pieces;
    this.positions = positions;
    this.size = size;
  }

  /// Part of a fragment.
  ///
  /// @param track place in the list of tracks
  /// @param fragment its place among those that were added, from 0
  /// @param offset where the part begins in the fragment
  public record Piece(int track, int fragment, long offset, long length) {
    Piece from(long skipped) {
      return new Piece(track, fragment, offset + skipped, length - skipped);
    }
  }

  /// @param tracks at least one, each with a fragment at least; none is added to any more
  public static ProgressiveFile of(List<TrackTables> tracks) throws MalformedMp4Exception {
    List<Piece> pieces = interleaved(tracks);
    long data = pieces.stream().mapToLong(Piece::length).sum();
    long[] fromZero = positions(pieces, 0);
    int narrow = head(tracks, pieces, fromZero, false, data).length;
    boolean wide = narrow + data > MOST_NARROW;
    int headBytes = wide ? head(tracks, pieces, fromZero, true, data).length : narrow;
    long[] positions = positions(pieces, headBytes);
    byte[] head = head(tracks, pieces, positions, wide, data);
    return new ProgressiveFile(head, pieces, positions, headBytes + data);
  }

  /// The chunk that begins first comes first; where two do, that of the track that is listed first.
  private static List<Piece> interleaved(List<TrackTables> tracks) {
    List<Piece> pieces = new ArrayList<>();
    int[] next = new int[tracks.size()];
    int first = first(tracks, next);
    while (first >= 0) {
      Chunks.Chunk chunk = tracks.get(first).chunks().chunk(next[first]);
      pieces.add(new Piece(first, next[first]++, chunk.offset(), chunk.length()));
      first = first(tracks, next);
    }
    return pieces;
  }

  /// The track whose next chunk begins first; -1 when there is none.
  private static int first(List<TrackTables> tracks, int[] next) {
    int first = -1;
    double earliest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < next.length; i++) {
      TrackTables track = tracks.get(i);
      if (next[i] < track.chunks().count()) {
        double start = (double) track.chunks().chunk(next[i]).start() / track.timescale();
        if (start < earliest) {
          first = i;
          earliest = start;
        }
      }
    }
    return first;
  }

  private static long[] positions(List<Piece> pieces, long start) {
    long[] positions = new long[pieces.size()];
    long position = start;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position;
      position += pieces.get(i).length();
    }
    return positions;
  }

  private static byte[] head(
      List<TrackTables> tracks, List<Piece> pieces, long[] positions, boolean wide, long data)
      throws MalformedMp4Exception {
    long timescale = tracks.getFirst().timescale();
    byte[][] boxes = new byte[tracks.size()][];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = tracks.get(i).trak(i + 1, timescale, of(i, pieces, positions), wide);
    }
    byte[] type = box("ftyp", text("isom"), ints(0x200), text("isom"), text("iso2"), text("mp41"));
    byte[] movie = box("moov", movieHeader(tracks, timescale), join(boxes));
    boolean large = data + Box.HEADER_BYTES > MOST_NARROW;
    byte[] mdat =
        large
            ? join(ints(LARGE), text("mdat"), longs(data + Box.LARGE_HEADER_BYTES))
            : join(ints((int) (data + Box.HEADER_BYTES)), text("mdat"));
    return join(type, movie, mdat);
  }

  private static long[] of(int track, List<Piece> pieces, long[] positions) {
    long[] own = new long[pieces.size()];
    int count = 0;
    for (int i = 0; i < positions.length; i++) {
      if (pieces.get(i).track() == track) {
        own[count++] = positions[i];
      }
    }
    return Arrays.copyOf(own, count);
  }

  private static byte[] movieHeader(List<TrackTables> tracks, long timescale) {
    long duration =
        tracks.stream().mapToLong(track -> track.inMovie(timescale)).max().orElseThrow();
    return box(
        "mvhd",
        ints(VERSION_1),
        longs(0, 0),
        ints((int) timescale),
        longs(duration),
        ints(UNITY),
        shorts(0x0100, 0),
        ints(0, 0),
        InitWriter.matrix(),
        ints(0, 0, 0, 0, 0, 0, tracks.size() + 1));
  }

  /// In bytes.
  public long size() {
    return size;
  }

  /// What it begins with: everything but the samples.
  public ByteBuffer head() {
    return ByteBuffer.wrap(head).asReadOnlyBuffer();
  }

  public int headBytes() {
    return head.length;
  }

  /// What is at a place behind the head, up to the end of the chunk.
  ///
  /// @throws IndexOutOfBoundsException if the place is in the head or behind the end
  public Piece piece(long position) {
    if (position < head.length || position >= size) {
      throw new IndexOutOfBoundsException(position + " is not among the samples");
    }
    int found = Arrays.binarySearch(positions, position);
    int index = found >= 0 ? found : -found - 2;
    return pieces.get(index).from(position - positions[index]);
  }
}

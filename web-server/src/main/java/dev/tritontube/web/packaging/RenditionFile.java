package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.ProgressiveFile;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import java.nio.ByteBuffer;
import java.util.List;

/// A rendition as one MP4 file, of which only what precedes the pictures and the sound is in
/// memory. The same for as long as its revision plays. Thread-safe.
public final class RenditionFile {
  /// Of a segment, what is on record of it included.
  private static final long BYTES_PER_PIECE = 300;

  private final Blobs blobs;
  private final ProgressiveFile file;
  private final List<List<StoredSegment>> tracks;
  private final String tag;
  private final String mediaType;

  /// @param tracks the segments of each track of the file
  /// @param tag names the content
  public RenditionFile(
      Blobs blobs,
      ProgressiveFile file,
      List<List<StoredSegment>> tracks,
      String tag,
      String mediaType) {
    this.blobs = blobs;
    this.file = file;
    this.tracks = tracks;
    this.tag = tag;
    this.mediaType = mediaType;
  }

  public String tag() {
    return tag;
  }

  public String mediaType() {
    return mediaType;
  }

  public long sizeBytes() {
    return file.size();
  }

  /// What it begins with.
  public ByteBuffer head() {
    return file.head();
  }

  public int headBytes() {
    return file.headBytes();
  }

  /// What is kept in memory of it, about.
  long weight() {
    long pieces = tracks.stream().mapToLong(List::size).sum();
    return file.headBytes() + pieces * BYTES_PER_PIECE;
  }

  /// How many bytes follow each other in one blob at a place behind the head.
  public long lengthAt(long position) {
    return file.piece(position).length();
  }

  /// Opens what is at a place behind the head.
  ///
  /// @param length at most what `lengthAt` says
  public BlobStream open(long position, long length) throws BlobException {
    ProgressiveFile.Piece piece = file.piece(position);
    StoredSegment segment = tracks.get(piece.track()).get(piece.fragment());
    return blobs.open(segment.key(), piece.offset(), length);
  }
}

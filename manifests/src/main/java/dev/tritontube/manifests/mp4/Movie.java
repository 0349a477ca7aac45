package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an MP4 or MOV file says about its samples, without reading any of them. Keeps the bytes of
/// its `moov` box.
///
/// @param fragmented whether samples are (also) listed in fragments, of which this knows nothing
/// @param plain the same tracks, where nothing but its tables tells anything of the file; else
///   empty
public record Movie(boolean fragmented, List<MovieTrack> tracks, Optional<List<PlainTrack>> plain) {
  private static final int MAX_BOXES = 4096;

  public Movie {
    tracks = List.copyOf(tracks);
    plain = plain.map(List::copyOf);
  }

  /// Finds and reads the `moov` box, wherever in the file it is.
  ///
  /// @param maxMoovBytes how large it may be, and so the memory this takes; ten hours of film need
  ///   about 30 MiB
  /// @throws MalformedMp4Exception if there is none, or a broken one
  public static Movie read(ByteSource source, int maxMoovBytes) throws IOException {
    return parse(moov(new ReadAhead(source), maxMoovBytes), source.size());
  }

  private static Movie parse(ByteBuffer moov, long fileBytes) throws MalformedMp4Exception {
    List<Box> boxes = Box.list(moov);
    Box header = Box.required(boxes, "mvhd");
    List<MovieTrack> tracks = new ArrayList<>();
    for (Box box : boxes) {
      if (box.type().equals("trak")) {
        tracks.add(new MovieTrack(box, header, fileBytes));
      }
    }
    boolean fragmented = Box.first(boxes, "mvex").isPresent();
    return new Movie(fragmented, tracks, PlainTracks.of(boxes, tracks));
  }

  private static ByteBuffer moov(ByteSource source, int maxMoovBytes) throws IOException {
    long position = 0;
    long size = source.size();
    for (int boxes = 0; boxes < MAX_BOXES && size - position >= Box.HEADER_BYTES; boxes++) {
      int available = (int) Math.min(Box.LARGE_HEADER_BYTES, size - position);
      ByteBuffer header = ByteBuffer.allocate(available);
      source.read(position, header);
      long boxBytes = boxBytes(header.flip(), size - position);
      if (Box.type(header.getInt(4)).equals("moov")) {
        int headerBytes = header.getInt(0) == 1 ? Box.LARGE_HEADER_BYTES : Box.HEADER_BYTES;
        return content(source, position + headerBytes, boxBytes - headerBytes, maxMoovBytes);
      }
      position += boxBytes;
    }
    throw new MalformedMp4Exception("no moov box");
  }

  private static ByteBuffer content(ByteSource source, long offset, long bytes, int maxMoovBytes)
      throws IOException {
    if (bytes > maxMoovBytes) {
      throw new MalformedMp4Exception(
          "a moov box of %d bytes is larger than %d".formatted(bytes, maxMoovBytes));
    }
    ByteBuffer moov = ByteBuffer.allocate((int) bytes);
    source.read(offset, moov);
    return moov.flip();
  }

  private static long boxBytes(ByteBuffer header, long available) throws MalformedMp4Exception {
    long size = header.getInt(0) & 0xffff_ffffL;
    int headerBytes = Box.HEADER_BYTES;
    if (size == 0) {
      return available;
    }
    if (size == 1 && header.limit() == Box.LARGE_HEADER_BYTES) {
      size = header.getLong(Box.HEADER_BYTES);
      headerBytes = Box.LARGE_HEADER_BYTES;
    }
    if (size < headerBytes || size > available) {
      throw new MalformedMp4Exception(
          "box '%s' claims %d bytes of %d".formatted(Box.type(header.getInt(4)), size, available));
    }
    return size;
  }
}

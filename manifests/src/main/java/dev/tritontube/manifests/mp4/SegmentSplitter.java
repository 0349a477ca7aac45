package dev.tritontube.manifests.mp4;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Splits a fragmented MP4 of one track, while an encoder is still writing it, into the init
/// segment and fragments. A fragment is passed on as soon as its last byte is there. Other boxes
/// than `ftyp`, `moov`, `styp`, `moof` and `mdat` are dropped. For one thread.
public final class SegmentSplitter {
  /// Takes what was split off; owns the arrays it is given.
  public interface Sink {
    /// Called once, before any fragment.
    void init(byte[] bytes, InitSegment init) throws IOException;

    void fragment(byte[] bytes, Fragment fragment) throws IOException;
  }

  private static final long MAX_INIT_BYTES = 1 << 20;

  private final long maxFragmentBytes;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Optional<InitSegment> init = Optional.empty();

  /// @param maxFragmentBytes what a fragment may have, and so the memory this takes
  public SegmentSplitter(int maxFragmentBytes) {
    this.maxFragmentBytes = maxFragmentBytes;
  }

  /// Reads `in` to its end; does not close it.
  ///
  /// @throws MalformedMp4Exception if it ends within a box or is no such file; what was split off
  ///   before stays good
  public void split(InputStream in, Sink sink) throws IOException {
    Optional<BoxHeader> header = BoxHeader.read(in);
    while (header.isPresent()) {
      box(in, header.get(), sink);
      header = BoxHeader.read(in);
    }
    if (pending.size() > 0) {
      throw new MalformedMp4Exception("the stream ends in the middle of a segment");
    }
  }

  private void box(InputStream in, BoxHeader header, Sink sink) throws IOException {
    switch (header.type()) {
      case "ftyp", "styp", "moof" -> keep(in, header);
      case "moov" -> {
        keep(in, header);
        init(sink);
      }
      case "mdat" -> {
        keep(in, header);
        fragment(sink);
      }
      default -> skip(in, header);
    }
  }

  private static void skip(InputStream in, BoxHeader header) throws IOException {
    try {
      in.skipNBytes(header.contentBytes());
    } catch (EOFException e) {
      throw endsWithin(header);
    }
  }

  private static MalformedMp4Exception endsWithin(BoxHeader header) {
    return new MalformedMp4Exception("the stream ends within " + header.type());
  }

  private void init(Sink sink) throws IOException {
    if (init.isPresent()) {
      throw new MalformedMp4Exception("a second moov");
    }
    byte[] bytes = taken();
    InitSegment parsed = InitSegment.parse(ByteBuffer.wrap(bytes));
    parsed.onlyTrack();
    init = Optional.of(parsed);
    sink.init(bytes, parsed);
  }

  private void fragment(Sink sink) throws IOException {
    InitSegment header =
        init.orElseThrow(() -> new MalformedMp4Exception("a fragment before the moov"));
    byte[] bytes = taken();
    sink.fragment(bytes, Fragment.parse(ByteBuffer.wrap(bytes), header));
  }

  private void keep(InputStream in, BoxHeader header) throws IOException {
    long limit = init.isPresent() ? maxFragmentBytes : MAX_INIT_BYTES;
    if (header.contentBytes() > limit - pending.size() - Box.LARGE_HEADER_BYTES) {
      throw new MalformedMp4Exception(
          "%s of %d bytes makes more than %d"
              .formatted(header.type(), header.contentBytes(), limit));
    }
    int size = (int) header.contentBytes();
    byte[] content = in.readNBytes(size);
    if (content.length < size) {
      throw endsWithin(header);
    }
    pending.writeBytes(header.bytes());
    pending.writeBytes(content);
  }

  private byte[] taken() {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    return bytes;
  }
}

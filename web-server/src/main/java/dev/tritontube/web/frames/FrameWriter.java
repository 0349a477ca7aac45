package dev.tritontube.web.frames;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.frames.FrameSet.Archive;
import dev.tritontube.web.frames.FrameWorkStore.Attempt;
import dev.tritontube.web.frames.Zip.Entry;
import dev.tritontube.web.frames.Zip.Placed;
import dev.tritontube.web.packaging.Stills;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Lays out an archive as its pictures come, and stores it piece by piece: the blob, then its place
/// in the catalog. Goes on where an earlier attempt stopped. Keeps one piece in memory. For one
/// thread at a time.
final class FrameWriter implements Stills.Sink {
  /// The largest archive.
  static final long MAX_BYTES = 2L << 30;

  /// A piece ends with the picture with which it has so many.
  static final int PIECE_BYTES = 4 << 20;

  private final Ground ground;
  private final Attempt attempt;

  /// Of all pictures.
  private final List<Entry> entries = new ArrayList<>();

  /// Headers and pictures of the next piece.
  private final List<byte[]> parts = new ArrayList<>();

  private final FrameTurn turn;
  private int number;
  private long start;
  private long length;
  private int firstFrame;
  private volatile int taken;

  /// @param lease by which storing a piece says that the worker lives
  /// @param ownersBytes that all archives of an owner may have
  record Ground(
      FrameWorkStore work, Blobs blobs, Duration lease, long ownersBytes, InstantSource clock) {}

  FrameWriter(Ground ground, Attempt attempt) {
    this.ground = ground;
    this.attempt = attempt;
    this.turn = new FrameTurn(ground.clock());
    for (FramePiece piece : ground.work().pieces(attempt.set().id())) {
      entries.addAll(piece.entries());
      start = piece.end();
      number = piece.number() + 1;
    }
    firstFrame = entries.size();
    taken = firstFrame;
  }

  /// How many pictures there are; read by any thread.
  int taken() {
    return taken;
  }

  FrameTurn turn() {
    return turn;
  }

  @Override
  public void take(int index, byte[] picture) throws IOException {
    Entry entry = new Entry(crc(picture), picture.length);
    if (start + length + entry.length() + Zip.endBytes(attempt.set().count()) > MAX_BYTES) {
      throw new Stills.TooLargeException("the pictures have more than " + MAX_BYTES + " bytes");
    }
    entries.add(entry);
    parts.add(Zip.localHeader(attempt.set().name(index), entry));
    parts.add(picture);
    length += entry.length();
    taken = entries.size();
    turn.took();
    boolean givesWay = turn.over() && taken < attempt.set().count();
    if (length >= PIECE_BYTES || givesWay) {
      store();
    }
    if (givesWay) {
      throw new GivesWayException();
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// Stores what is left, and what stands behind it; that may be there already, when whoever stored
  /// it died before the set was complete.
  Archive finish() throws IOException {
    if (!parts.isEmpty()) {
      store();
    }
    long directoryAt = entries.stream().mapToLong(Entry::length).sum();
    if (start == directoryAt) {
      parts.add(Zip.end(placed(), directoryAt));
      length = Zip.endBytes(entries.size());
      store();
    }
    return new Archive(start, directoryAt);
  }

  private List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    long offset = 0;
    for (Entry entry : entries) {
      placed.add(new Placed(attempt.set().name(placed.size()), entry, offset));
      offset += entry.length();
    }
    return placed;
  }

  private void store() throws IOException {
    if (ground.work().bytes(attempt.set().owner()) + length > ground.ownersBytes()) {
      throw new Stills.TooLargeException(
          "all frames of its owner have more than " + ground.ownersBytes() + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    parts.forEach(bytes::put);
    try {
      ground.blobs().put(attempt.key(number), bytes.flip());
    } catch (BlobException e) {
      throw e.reason() == BlobException.Reason.KEY_DELETED ? new OverException() : e;
    }
    FramePiece piece =
        new FramePiece(
            number,
            start,
            length,
            attempt.id(),
            firstFrame,
            entries.subList(firstFrame, entries.size()));
    if (!ground.work().record(attempt, piece, ground.clock().instant().plus(ground.lease()))) {
      throw new OverException();
    }
    begin();
  }

  private void begin() {
    number++;
    start += length;
    length = 0;
    firstFrame = entries.size();
    parts.clear();
  }

  /// Nothing more is wanted of the attempt: the set was deleted, or is another one's.
  static final class OverException extends IOException {
    private static final long serialVersionUID = 1;

    OverException() {
      super("nothing more is wanted of this attempt");
    }
  }

  /// The set had its turn, and others wait. What was taken of it is kept.
  static final class GivesWayException extends IOException {
    private static final long serialVersionUID = 1;

    GivesWayException() {
      super("other sets wait for their turn");
    }
  }
}

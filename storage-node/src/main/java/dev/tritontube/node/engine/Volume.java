package dev.tritontube.node.engine;

import dev.tritontube.node.engine.VolumeFormat.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open volume: reads checked records, appends, knows how much of it is still needed.
///
/// Many threads read; only the writer appends, seals and keeps the accounts. The file is closed
/// when the store and the last reader have let go of it.
final class Volume {
  private static final Logger log = LoggerFactory.getLogger(Volume.class);

  private final VolumeId id;
  private final DiskFile file;
  private final long reservedBytes;
  // One for the store, one for each reader; 0 = closed.
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicInteger quarantined = new AtomicInteger();
  // Written by the writer only.
  private volatile long dataEnd;
  private volatile long fileBytes;
  private volatile long liveBytes;
  private volatile long keptBytes;
  private volatile boolean sealed;
  private List<Entry> entries = new ArrayList<>();

  /// A volume that takes records.
  static Volume active(VolumeId id, DiskFile file, long reservedBytes) {
    return new Volume(id, file, reservedBytes, VolumeFormat.HEADER_BYTES);
  }

  /// A volume that does not.
  static Volume sealed(VolumeId id, DiskFile file, long dataEnd, long fileBytes) {
    Volume volume = new Volume(id, file, fileBytes, dataEnd);
    volume.sealed = true;
    volume.fileBytes = fileBytes;
    return volume;
  }

  /// A volume whose process died before it was sealed; it only waits for [#seal].
  static Volume unfinished(VolumeId id, DiskFile file, long dataEnd, List<Entry> entries) {
    Volume volume = new Volume(id, file, dataEnd, dataEnd);
    volume.entries = new ArrayList<>(entries);
    return volume;
  }

  private Volume(VolumeId id, DiskFile file, long reservedBytes, long dataEnd) {
    this.id = id;
    this.file = file;
    this.reservedBytes = reservedBytes;
    this.dataEnd = dataEnd;
    this.fileBytes = dataEnd;
  }

  /// The same, once its records are known.
  Volume ending(long end) {
    dataEnd = end;
    return this;
  }

  VolumeId id() {
    return id;
  }

  int number() {
    return id.number();
  }

  /// Where the next record goes: everything below is durable.
  long dataEnd() {
    return dataEnd;
  }

  long roomBytes() {
    return sealed ? 0 : reservedBytes - dataEnd;
  }

  boolean isSealed() {
    return sealed;
  }

  /// What it takes on disk, the part that is only reserved aside.
  long fileBytes() {
    return fileBytes;
  }

  /// Bytes of records that the index points to.
  long liveBytes() {
    return liveBytes;
  }

  /// Bytes of records that older volumes still need: forgotten keys, notes, retired volumes.
  long keptBytes() {
    return keptBytes;
  }

  int quarantined() {
    return quarantined.get();
  }

  void addLive(long bytes) {
    liveBytes += bytes;
  }

  void addKept(long bytes) {
    keptBytes += bytes;
  }

  void addQuarantined(int count) {
    quarantined.addAndGet(count);
  }

  /// Keeps the file open until [#release]; false when it is gone already.
  boolean acquire() {
    int current = holders.get();
    while (current > 0) {
      if (holders.compareAndSet(current, current + 1)) {
        return true;
      }
      current = holders.get();
    }
    return false;
  }

  /// Everything in the file was synced when it was written, so that closing it cannot lose
  /// anything.
  void release() {
    if (holders.decrementAndGet() == 0) {
      try {
        file.close();
      } catch (IOException e) {
        log.warn("{} cannot be closed", id.fileName(), e);
      }
    }
  }

  /// The head of the record at an offset.
  ///
  /// @throws CorruptBlobException when there is none
  RecordHead head(long offset) throws IOException {
    ByteBuffer bytes = read(offset, RecordFormat.USUAL_HEAD_BYTES);
    int needed = RecordFormat.checkedBytes(bytes);
    if (needed > bytes.remaining()) {
      bytes = read(offset, needed);
    }
    return RecordFormat.decode(bytes, id, offset)
        .orElseThrow(() -> corrupt("there is no record", offset));
  }

  /// The block table of a record.
  ///
  /// @throws CorruptBlobException when it does not match its checksum
  int[] blockChecksums(RecordHead head) throws IOException {
    int blocks = Payload.blocks(head.payloadBytes());
    ByteBuffer table = read(head.tableOffset(), blocks * Integer.BYTES);
    if (table.remaining() != blocks * Integer.BYTES
        || RecordFormat.checksum(table) != head.tableChecksum()) {
      throw corrupt("the block checksums of " + head.key() + " are broken", head.offset());
    }
    int[] checksums = new int[blocks];
    table.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(checksums);
    return checksums;
  }

  /// Fills `target` with raw bytes; fewer at the end of the file.
  ///
  /// @throws CorruptBlobException when the disk cannot read them
  int read(ByteBuffer target, long position) throws IOException {
    try {
      return file.read(target, position);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      CorruptBlobException corrupt = corrupt("could not be read: " + e.getMessage(), position);
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  CorruptBlobException corrupt(String what, long offset) {
    return new CorruptBlobException(
        what + " (" + VolumeId.fileName(number()) + " at " + offset + ")");
  }

  /// Writes records to the end of the data and forces them to disk. They count from [#appended] on.
  void write(List<ByteBuffer> bytes) throws IOException {
    file.write(bytes, dataEnd);
    file.force(false);
  }

  void appended(List<RecordHead> heads) {
    for (RecordHead head : heads) {
      entries.add(Entry.of(head));
      dataEnd = head.offset() + head.recordBytes();
    }
    fileBytes = dataEnd;
  }

  /// Ends the volume with its footer, or without where there is no room for it: then the next start
  /// reads the volume through. What it holds was durable before.
  void seal() throws IOException {
    try {
      file.truncate(dataEnd);
      ByteBuffer footer = VolumeFormat.encodeFooter(id, dataEnd, entries);
      long footerBytes = footer.remaining();
      file.write(List.of(footer), dataEnd);
      file.force(true);
      fileBytes = dataEnd + footerBytes;
      fence();
    } catch (DiskFullException e) {
      log.warn("No room for the footer of {}", id.fileName());
      cut();
    }
  }

  /// Ends the volume behind its last durable record. What a write that failed left there was
  /// refused and must not count when the volume is read through at the next start.
  void cut() throws IOException {
    fence();
    file.truncate(dataEnd);
    file.force(true);
    fileBytes = dataEnd;
  }

  /// Ends the volume where it is, on a disk that takes no changes any more.
  void fence() {
    sealed = true;
    entries = List.of();
  }

  /// The records of a sealed volume by its footer; empty when that is not legible.
  Optional<List<Entry>> footer() throws IOException {
    long size = file.size();
    if (size < VolumeFormat.HEADER_BYTES + VolumeFormat.TRAILER_BYTES) {
      return Optional.empty();
    }
    Optional<VolumeFormat.Trailer> trailer =
        VolumeFormat.decodeTrailer(
                read(size - VolumeFormat.TRAILER_BYTES, VolumeFormat.TRAILER_BYTES))
            .filter(found -> found.id().equals(id))
            .filter(found -> found.dataEnd() + found.bytes() == size);
    if (trailer.isEmpty()) {
      return Optional.empty();
    }
    int bytes = trailer.get().entries() * VolumeFormat.ENTRY_BYTES;
    return VolumeFormat.decodeEntries(read(trailer.get().dataEnd(), bytes), trailer.get());
  }

  private ByteBuffer read(long position, int bytes) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(bytes);
    read(target, position);
    return target.flip();
  }
}

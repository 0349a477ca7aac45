package dev.tritontube.node.engine;

import dev.tritontube.node.engine.VolumeFormat.Entry;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out at the start what a disk holds: footers are read, the volume that was being written is
/// read through and sealed, retired volumes are deleted, and all records are applied in the order
/// in which they were written.
final class StoreLoader {
  /// What a volume that is being made is called until its header is durable.
  static final String UNFINISHED_SUFFIX = ".new";

  private static final Logger log = LoggerFactory.getLogger(StoreLoader.class);

  private final Disk disk;
  private final NodeId node;
  private final ToLongFunction<BlobKey> hashing;
  private int damaged;

  /// @param corrupt offsets of records with a broken payload
  private record Loaded(Volume volume, List<Entry> entries, Set<Long> corrupt) {}

  StoreLoader(Disk disk, NodeId node, ToLongFunction<BlobKey> hashing) {
    this.disk = disk;
    this.node = node;
    this.hashing = hashing;
  }

  /// @throws UnusableFolderException when a volume belongs to another node or is of a newer format
  Catalogue load() throws IOException {
    List<Loaded> loaded = new ArrayList<>();
    TreeSet<Integer> numbers = volumeNumbers();
    for (int number : numbers) {
      open(number, number == numbers.getLast()).ifPresent(loaded::add);
    }
    dropRetired(loaded);
    long records = loaded.stream().mapToLong(volume -> volume.entries().size()).sum();
    Catalogue catalogue = new Catalogue(hashing, new HashIndex(records));
    catalogue.addDamaged(damaged);
    loaded.forEach(one -> catalogue.volumes().add(one.volume()));
    for (Loaded one : loaded) {
      apply(one, catalogue);
    }
    loaded.forEach(one -> count(one, catalogue));
    return catalogue;
  }

  private TreeSet<Integer> volumeNumbers() throws IOException {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String name : disk.list()) {
      if (name.endsWith(UNFINISHED_SUFFIX)) {
        disk.delete(name);
      }
      VolumeId.numberOf(name).ifPresent(numbers::add);
    }
    return numbers;
  }

  private Optional<Loaded> open(int number, boolean newest) throws IOException {
    DiskFile file = disk.open(VolumeId.fileName(number));
    Optional<VolumeId> id = identify(file, number);
    if (id.isEmpty()) {
      damaged++;
      file.close();
      log.error("{} has no legible header and is left alone", VolumeId.fileName(number));
      return Optional.empty();
    }
    long size = file.size();
    Volume sealed = Volume.sealed(id.get(), file, size, size);
    Optional<List<Entry>> footer = sealed.footer();
    if (footer.isPresent()) {
      return Optional.of(new Loaded(sealed.ending(dataEnd(footer.get())), footer.get(), Set.of()));
    }
    return newest ? finish(sealed, file) : Optional.of(salvage(sealed, file));
  }

  private static long dataEnd(List<Entry> entries) {
    return entries.isEmpty()
        ? VolumeFormat.HEADER_BYTES
        : entries.getLast().offset() + entries.getLast().recordBytes();
  }

  /// The volume that was being written.
  private Optional<Loaded> finish(Volume opened, DiskFile file) throws IOException {
    VolumeScan scan = VolumeScan.ofUnfinished(opened, file.size());
    report(opened, scan, file.size());
    if (scan.entries().isEmpty() && scan.damaged() == 0) {
      file.close();
      disk.delete(opened.id().fileName());
      return Optional.empty();
    }
    Volume volume = Volume.unfinished(opened.id(), file, scan.dataEnd(), scan.entries());
    if (scan.corrupt().isEmpty() && scan.damaged() == 0) {
      volume.seal();
    } else {
      volume.cut();
    }
    return Optional.of(new Loaded(volume, scan.entries(), scan.corrupt()));
  }

  /// A sealed volume without its footer.
  private Loaded salvage(Volume volume, DiskFile file) throws IOException {
    VolumeScan scan = VolumeScan.ofSealed(volume, file.size());
    report(volume, scan, file.size());
    return new Loaded(volume.ending(scan.dataEnd()), scan.entries(), scan.corrupt());
  }

  private void report(Volume volume, VolumeScan scan, long size) {
    damaged += scan.damaged();
    log.warn(
        "{} ({} bytes) has no legible footer: {} records found up to {}, {} of them broken,"
            + " {} damaged stretches, {} bytes behind them ignored",
        volume.id().fileName(),
        size,
        scan.entries().size(),
        scan.dataEnd(),
        scan.corrupt().size(),
        scan.damaged(),
        scan.ignoredBytes());
  }

  /// By the header, or where that is damaged by the first record.
  private Optional<VolumeId> identify(DiskFile file, int number) throws IOException {
    ByteBuffer start =
        ByteBuffer.allocate(VolumeFormat.HEADER_BYTES + RecordFormat.USUAL_HEAD_BYTES);
    file.read(start, 0);
    start.flip();
    Optional<VolumeFormat.Header> header = VolumeFormat.decodeHeader(start);
    if (header.isPresent()) {
      check(header.get(), number);
      return Optional.of(header.get().id());
    }
    if (start.limit() <= VolumeFormat.HEADER_BYTES) {
      return Optional.empty();
    }
    return RecordFormat.volumeOf(
        start.position(VolumeFormat.HEADER_BYTES), number, VolumeFormat.HEADER_BYTES);
  }

  private void check(VolumeFormat.Header header, int number) throws UnusableFolderException {
    if (!header.node().equals(node)) {
      throw new UnusableFolderException(
          VolumeId.fileName(number) + " belongs to node " + header.node() + ", this is " + node);
    }
    if (header.id().number() != number) {
      throw new UnusableFolderException(
          VolumeId.fileName(number) + " holds volume " + header.id().number());
    }
  }

  private void dropRetired(List<Loaded> loaded) throws IOException {
    Set<String> retired = new HashSet<>();
    for (Loaded one : loaded) {
      for (Entry entry : one.entries()) {
        if (entry.type() == RecordType.RETIRE) {
          head(one.volume(), entry).ifPresent(head -> retired.add(head.key().value()));
        }
      }
    }
    boolean dropped = false;
    for (Loaded one : List.copyOf(loaded)) {
      if (retired.contains(one.volume().id().fileName())) {
        loaded.remove(one);
        one.volume().release();
        disk.delete(one.volume().id().fileName());
        dropped = true;
      }
    }
    if (dropped) {
      disk.syncDirectory();
    }
  }

  private void apply(Loaded loaded, Catalogue catalogue) throws IOException {
    for (Entry entry : loaded.entries()) {
      switch (entry.type()) {
        case BLOB, TOMBSTONE -> catalogue.replay(entry, location(loaded, entry));
        case FORGET -> catalogue.replayForget(entry, location(loaded, entry));
        case NOTES, RETIRE -> {}
      }
      if (entry.hasNotes()) {
        head(loaded.volume(), entry)
            .ifPresent(head -> catalogue.notes().apply(head.notes(), loaded.volume().number()));
      }
    }
  }

  private static void count(Loaded loaded, Catalogue catalogue) {
    for (Entry entry : loaded.entries()) {
      switch (entry.type()) {
        case BLOB, TOMBSTONE -> catalogue.count(entry, location(loaded, entry));
        case FORGET, NOTES, RETIRE -> loaded.volume().addKept(entry.recordBytes());
      }
    }
  }

  private static long location(Loaded loaded, Entry entry) {
    int flags =
        (entry.type() == RecordType.TOMBSTONE ? Location.TOMBSTONE : 0)
            | (loaded.corrupt().contains(entry.offset()) ? Location.CORRUPT : 0);
    return Location.of(loaded.volume().number(), entry.offset(), flags);
  }

  /// Empty, and reported, when the record has rotted.
  private Optional<RecordHead> head(Volume volume, Entry entry) throws IOException {
    try {
      return Optional.of(volume.head(entry.offset()));
    } catch (CorruptBlobException e) {
      damaged++;
      log.error("A record cannot be read at the start: {}", e.getMessage());
      return Optional.empty();
    }
  }
}

package dev.tritontube.node.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The open volumes of a store by number. Thread-safe.
final class Volumes {
  private final ConcurrentSkipListMap<Integer, Volume> byNumber = new ConcurrentSkipListMap<>();

  void add(Volume volume) {
    byNumber.put(volume.number(), volume);
  }

  void remove(Volume volume) {
    byNumber.remove(volume.number(), volume);
  }

  /// The volume of that number, held until its `release`; empty when it is gone.
  Optional<Volume> acquire(int number) {
    return Optional.ofNullable(byNumber.get(number)).filter(Volume::acquire);
  }

  Optional<Volume> find(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /// A live view, lowest number first.
  Collection<Volume> all() {
    return byNumber.values();
  }

  /// 0 when there is none.
  int highestNumber() {
    return byNumber.isEmpty() ? 0 : byNumber.lastKey();
  }

  boolean isLowest(Volume volume) {
    return byNumber.firstKey() == volume.number();
  }

  int size() {
    return byNumber.size();
  }

  long usedBytes() {
    return byNumber.values().stream().mapToLong(Volume::fileBytes).sum();
  }

  void closeAll() {
    for (Volume volume : List.copyOf(byNumber.values())) {
      remove(volume);
      volume.release();
    }
  }
}

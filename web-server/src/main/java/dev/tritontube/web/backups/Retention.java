package dev.tritontube.web.backups;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which copies are kept: the newest, and the last one of each of the newest days (UTC).
///
/// @param newest at least one
record Retention(int newest, int days) {
  static final Retention USUAL = new Retention(24, 7);

  /// Those that have to go, of copies that are whole.
  List<Backup> expired(List<Backup> whole) {
    List<Backup> ordered =
        whole.stream().sorted(Comparator.comparing(Backup::createdAt).reversed()).toList();
    Set<LocalDate> seen = new HashSet<>();
    List<Backup> expired = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      LocalDate day = ordered.get(i).createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
      boolean lastOfItsDay = seen.add(day) && seen.size() <= days;
      if (i >= newest && !lastOfItsDay) {
        expired.add(ordered.get(i));
      }
    }
    return expired;
  }
}

package dev.tritontube.web.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOON = Instant.parse("2026-01-20T12:00:00Z");

  private static Backup at(Instant time) {
    return new Backup(
        BackupId.at(time, new Random(time.toEpochMilli())), Backup.State.DONE, 1, 1, 1, 1, time);
  }

  private static List<Instant> kept(List<Backup> all) {
    List<Backup> kept = new ArrayList<>(all);
    kept.removeAll(Retention.USUAL.expired(all));
    return kept.stream().map(Backup::createdAt).sorted().toList();
  }

  @Test
  void keepsADayOfHoursAndTheLastOfEachOfSevenDays() {
    List<Backup> hourly =
        IntStream.range(0, 24 * 20).mapToObj(i -> at(NOON.minus(Duration.ofHours(i)))).toList();

    List<Instant> kept = kept(hourly);

    // Noon back to 13:00 of the day before, then 23:00 of the five days before those two.
    assertEquals(24 + 5, kept.size());
    assertEquals(Instant.parse("2026-01-14T23:00:00Z"), kept.getFirst());
    assertEquals(Instant.parse("2026-01-18T23:00:00Z"), kept.get(4));
    assertEquals(Instant.parse("2026-01-19T13:00:00Z"), kept.get(5));
  }

  @Test
  void keepsTheNewestHoweverOldTheyAre() {
    List<Backup> rare =
        IntStream.range(0, 10).mapToObj(i -> at(NOON.minus(Duration.ofDays(30L * i)))).toList();
    assertEquals(10, kept(rare).size());
  }

  @Test
  void keepsNoMoreThanItSaysHoweverMany() {
    List<Backup> many =
        IntStream.range(0, 500).mapToObj(i -> at(NOON.minus(Duration.ofSeconds(i)))).toList();
    assertEquals(24, kept(many).size());
  }
}

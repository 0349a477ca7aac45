package dev.tritontube.web.backups;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpTest {
  private static final class Heard implements Dump.Sink {
    final List<Object> all = new ArrayList<>();

    @Override
    public void table(String name, List<String> columns) {
      all.add(name + columns);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      all.add(values);
    }
  }

  private static byte[] dump() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Dump.Writer dump = new Dump.Writer(bytes)) {
      dump.table("a", List.of("id", "n"));
      dump.row(Arrays.asList("x\n\u0000é\uD83D\uDE00", Long.MIN_VALUE));
      dump.row(Arrays.asList(null, 0.1));
      dump.table("b", List.of("flag"));
      dump.table("c", List.of("flag"));
      dump.row(List.of(true));
      dump.end();
      assertEquals(3, dump.rows());
    }
    return bytes.toByteArray();
  }

  @Test
  void givesBackWhatWasWritten() throws Exception {
    Heard heard = new Heard();
    assertEquals(3, Dump.read(new ByteArrayInputStream(dump()), heard));
    assertEquals(
        Arrays.asList(
            "a[id, n]",
            Arrays.asList("x\n\u0000é\uD83D\uDE00", Long.MIN_VALUE),
            Arrays.asList(null, 0.1),
            "b[flag]",
            "c[flag]",
            List.of(true)),
        heard.all);
  }

  @Test
  void refusesWhatIsCutOffAnywhere() throws Exception {
    byte[] whole = dump();
    // The trailer of gzip is not needed to know that all is there.
    for (int length = 0; length < whole.length - 10; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> Dump.read(new ByteArrayInputStream(part), new Heard()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "{}",
        "\"a\" [\"x\"] [[1]] 1",
        "\"a\" [\"x\"] [{}] 1",
        "\"a\" [\"x\"] [1] 2",
        "nonsense"
      })
  void refusesWhatIsNone(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(US_ASCII));
    }
    assertThrows(
        IOException.class,
        () -> Dump.read(new ByteArrayInputStream(bytes.toByteArray()), new Heard()));
  }

  @Test
  void namesOfCopiesAreInTheOrderOfTime() {
    BackupId first = BackupId.at(Instant.parse("2026-01-01T00:00:59Z"), new Random(1));
    BackupId second = BackupId.at(Instant.parse("2026-01-01T00:01:00Z"), new Random(1));
    assertTrue(first.value().compareTo(second.value()) < 0);
    assertEquals(new BackupId.Part(first, 7), BackupId.part(first.chunk(7).value()).orElseThrow());
    assertEquals(
        new BackupId.Part(first, -1), BackupId.part(first.manifest().value()).orElseThrow());
    assertFalse(BackupId.part("c/" + first + "/7/8").isPresent());
    assertFalse(BackupId.part("a/" + first + "/7").isPresent());
    assertFalse(BackupId.part("c/../manifest").isPresent());
  }
}

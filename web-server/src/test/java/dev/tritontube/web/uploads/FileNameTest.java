package dev.tritontube.web.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "holiday.mp4, holiday.mp4, holiday",
    "../../etc/passwd.mp4, passwd.mp4, passwd",
    "C:\\videos\\My größte.clip.mp4, My größte.clip.mp4, My größte.clip",
    ".hidden, .hidden, .hidden"
  })
  void isWithoutFolders(String given, String name, String title) {
    assertEquals(name, FileName.of(given).value());
    assertEquals(title, FileName.of(given).title());
  }

  @Test
  void hasNothingThatActsInsteadOfShowing() {
    assertEquals(
        "exe.jpg", FileName.of("\u202eexe\u0000\r\n\u009b\"\u2028.j\ud800p\uffffg").value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "...", "/", "\u200b", "\u202e.", "a/\r\n"})
  void isOneEvenIfThereWasNone(String given) {
    assertEquals(FileName.NONE, FileName.of(given));
  }

  @Test
  void titlesAreSeen() {
    assertEquals("\u200b.mp4", FileName.of("\u200b.mp4").title());
  }

  @Test
  void keepsItsEndWhenItIsLong() {
    assertEquals("😀".repeat(196) + ".mp4", FileName.of("😀".repeat(300) + ".mp4").value());
  }
}

package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void keepsWhatCanBeSeen() {
    assertEquals("Käse 😀 <b>", Printable.of("Käse 😀 <b>"));
  }

  @Test
  void hidesWhatActsInsteadOfShowing() {
    assertEquals(
        "a?b?c?d?e?f?g?[31m", Printable.of("a\nb\u001bc\u009bd\u202ee\u2028f\ud800g\uffff[31m"));
  }

  @Test
  void cutsBetweenCharacters() {
    assertEquals("😀".repeat(80) + "…", Printable.of("😀".repeat(81)));
  }
}

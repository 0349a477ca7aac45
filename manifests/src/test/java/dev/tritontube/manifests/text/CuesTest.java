package dev.tritontube.manifests.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CuesTest {
  private static final Cues CUES =
      new Cues(
          List.of(
              new Cue(9_000, 10_000, "", "late"),
              new Cue(5_000, 7_000, "line:0", "across"),
              new Cue(0, 6_000, "", "<b>up to</b> the end"),
              new Cue(6_000, 6_500, "", "from the\nbeginning")));

  @Test
  void aSegmentHasAllThatIsShownInIt() {
    assertEquals(
        """
        WEBVTT
        X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000

        00:00:05.000 --> 00:00:07.000 line:0
        across

        00:00:06.000 --> 00:00:06.500
        from the
        beginning

        00:00:09.000 --> 00:00:10.000
        late
        """,
        CUES.segment(6_000, 12_000));
    assertTrue(CUES.segment(0, 6_000).contains("up to"));
    assertEquals(
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n", CUES.segment(12_000, 18_000));
  }

  @Test
  void whatWasBeforeTheBeginningIsGone() {
    List<Cue> later = CUES.from(6_200).cues();

    assertEquals(
        List.of(
            new Cue(0, 300, "", "from the\nbeginning"),
            new Cue(0, 800, "line:0", "across"),
            new Cue(2_800, 3_800, "", "late")),
        later);
    assertEquals(
        new Cue(1_000, 7_000, "", "<b>up to</b> the end"), CUES.from(-1_000).cues().getFirst());
  }

  @Test
  void titlesAreOneLineWithoutMarkup() {
    assertEquals(
        List.of("up to the end", "across", "from the beginning", "late"),
        CUES.plain().cues().stream().map(Cue::words).toList());
    assertEquals("a &lt;b&gt; &amp; c", Cue.plain(0, 1, " a <b>\n& c ").payload());
  }

  @Test
  void tagsOfLanguages() {
    assertEquals(Optional.of("pt-BR"), LanguageTag.parse("PT-br"));
    assertEquals(Optional.of("zh-Hant"), LanguageTag.parse("zh-hant"));
    for (String none : List.of("", "e", "english language", "en_US", "en--US", "-", "é")) {
      assertEquals(Optional.empty(), LanguageTag.parse(none), none);
    }
  }
}

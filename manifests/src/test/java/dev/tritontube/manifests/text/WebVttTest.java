package dev.tritontube.manifests.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebVttTest {
  private static final String CUE = "00:01.000 --> 00:02.500";

  private static final String SUB_RIP = "00:00:01,000 --> 00:00:02,500";

  private static Cues read(String text) throws MalformedTextException {
    return WebVtt.read(text, Manner.STRICT);
  }

  private static String payload(String raw) throws MalformedTextException {
    return read("WEBVTT\n\n" + CUE + "\n" + raw + "\n").cues().getFirst().payload();
  }

  @Test
  void writesAnewWhatItRead() throws Exception {
    String file =
        """
        WEBVTT - a title\r
        Kind: captions\r
        \r
        NOTE by\r
        somebody\r
        \r
        STYLE\r
        ::cue { background-image: url(http://elsewhere/) }\r
        \r
        REGION\r
        id:fred\r
        \r
        second\r
        00:00:03.000 --> 100:00:04.000 region:fred align:middle line:-1 vertical:rl position:10%,line-left\r
        <v Fred & co>Hi, I'm <c.loud.yellow>Fred</c>\r
        <i>and more\r
        \r
        1\r
        00:01.000\t-->\t00:02.500\t\r
        Earlier\r
        00:02.000 --> 00:02.250\r
        without a line between\r
        """;
    String written =
        """
        WEBVTT

        00:00:01.000 --> 00:00:02.500
        Earlier

        00:00:02.000 --> 00:00:02.250
        without a line between

        00:00:03.000 --> 100:00:04.000 vertical:rl line:-1 position:10%,line-left align:center
        <v Fred &amp; co>Hi, I'm <c.loud.yellow>Fred</c>
        <i>and more</i></v>
        """;

    assertEquals(written, read(file).write());
    assertEquals(written, read(written).write());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<script>alert(1)</script> | &lt;script&gt;alert(1)&lt;/script&gt;",
        "<img src=x onerror=alert(1)> | &lt;img src=x onerror=alert(1)&gt;",
        "<b onclick=\"x\">bold</b> | <b>bold</b>",
        "<B>loud</B> | &lt;B&gt;loud&lt;/B&gt;",
        "<c.a\"onload=x.b>c</c> | <c.a.b>c</c>",
        "<v <script>x | &lt;v &lt;script&gt;x",
        "<v Mary>text | <v Mary>text</v>",
        "<v>nobody</v> | nobody",
        "<lang en-us>colour</lang> | <lang en-US>colour</lang>",
        "<lang ../../etc>x</lang> | x",
        "<ruby>a<rt>b</rt></ruby><rt>c</rt> | <ruby>a<rt>b</rt></ruby>c",
        "<i>a<b>b</i>c</b> | <i>a<b>b</b></i>c",
        "<00:00:01.500>sing <00:02.000>it | sing it",
        "a < b > c & d | a &lt; b &gt; c &amp; d",
        "a &lt;b&gt; &amp;amp; &nbsp;&#65;&#x42; | a &lt;b&gt; &amp;amp; \u00a0AB",
        "&#0;&#60;script&#62; &bogus; | &amp;#0;&lt;script&gt; &amp;bogus;",
        "tab\there\u0007bell | tab herebell",
        "{\\an8}stays | {\\an8}stays",
        "<unclosed | &lt;unclosed",
        "<v Mary-- >x | <v Mary>x</v>",
        "<c.loud--.-- >x | <c.loud>x</c>",
        "</b></>x | x",
      })
  void keepsHarmlessTagsAndMakesTextOfTheRest(String raw, String kept) throws Exception {
    assertEquals(kept, payload(raw));
    assertEquals(kept, payload(kept));
  }

  @Test
  void isDoneSoonWithLinesMadeToBeReadOverAndOver() throws Exception {
    String times = CUE + " ".repeat(200_000) + "\u2028x";
    assertThrows(MalformedTextException.class, () -> read("WEBVTT\n\n" + times + "\nwords\n"));
    String blanks = (" ".repeat(990) + ".\n").repeat(3);
    String cues = (CUE + "\n<b " + " ".repeat(990) + "\n" + blanks + "<>\n\n").repeat(1000);
    assertEquals(1000, read("WEBVTT\n\n" + cues).cues().size());
  }

  @Test
  void readsWhatItWroteThoughThatIsLongerThanWhatWasSent() throws Exception {
    String line = "&".repeat(900);
    String written = read("WEBVTT\n\n" + CUE + "\n" + (line + "\n").repeat(4)).write();
    assertEquals(written, WebVtt.read(written, Manner.WRITTEN).write());
    assertThrows(MalformedTextException.class, () -> read(written));
    assertThrows(MalformedTextException.class, () -> WebVtt.read("WEBVTT\n\nx\n", Manner.WRITTEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "WEBVT\n\n00:01.000 --> 00:02.000\nx\n",
        "webvtt\n",
        "WEBVTTx\n\n",
        "\n\nWEBVTT\n",
        "WEBVTT\n\n00:01.000 -> 00:02.000\nx\n",
        "WEBVTT\n\nwords without times\n",
        "WEBVTT\n\n00:01.000-->00:02.000\nx\n",
        "WEBVTT\n\n00:01,000 --> 00:02,000\nx\n",
        "WEBVTT\n\n0:01.000 --> 0:02.000\nx\n",
        "WEBVTT\n\n00:61.000 --> 00:62.000\nx\n",
        "WEBVTT\n\n00:01.000 --> \nx\n",
        "WEBVTT\n\n --> 00:02.000\nx\n",
        "WEBVTT\n\n-00:01.000 --> 00:02.000\nx\n",
        "WEBVTT\n\nNaN --> Infinity\nx\n",
        "WEBVTT\n\n1e3 --> 1e9\nx\n",
        "WEBVTT\n\n9999:00:00.000 --> 9999:00:01.000\nx\n",
        "WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nleft over\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000 --> 00:03.000x\n-->\n",
      })
  void refusesWhatMakesNoSenseAndLeavesItOutWhereNobodyCanMendIt(String file) throws Exception {
    MalformedTextException refused =
        assertThrows(MalformedTextException.class, () -> read(file), file);
    assertTrue(String.valueOf(refused.getMessage()).startsWith("Line "), refused.getMessage());
    if (WebVtt.is(file)) {
      assertTrue(WebVtt.read(file, Manner.LENIENT).cues().size() <= 1, file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "line:50% size:33.5% align:left | line:50% size:33.5% align:left",
        "line:101% size:200% position:-1% | -",
        "line:0,end position:100%,center | line:0,end position:100%,center",
        "line:99999 align:justify vertical:up | -",
        "line:1 line:2 | line:2",
        "region:r unknown:x position:50%;color:red | -",
        "line:NaN% size:1e9% align | -",
      })
  void placesAreHeldWithinBounds(String given, String kept) throws Exception {
    Cue cue = read("WEBVTT\n\n" + CUE + " " + given + "\nx\n").cues().getFirst();

    assertEquals(kept == null ? "" : kept, cue.settings());
  }

  @Test
  void whatCannotBeSeenIsNoCue() throws Exception {
    assertTrue(
        read("WEBVTT\n\n00:01.000 --> 00:01.000\nno time\n\n" + CUE + "\n\n" + CUE + "\n<b> </b>\n")
            .isEmpty());
  }

  @Test
  void longLinesAndManyCuesAreRefused() {
    String line = "x".repeat(1001);
    String cue =
        IntStream.range(0, 5).mapToObj(_ -> "y".repeat(999)).collect(Collectors.joining("\n"));
    String many = "WEBVTT\n" + ("\n" + CUE + "\nx\n").repeat(Cues.MAX_CUES + 1);

    assertThrows(MalformedTextException.class, () -> payload(line));
    assertThrows(MalformedTextException.class, () -> payload(cue));
    assertThrows(MalformedTextException.class, () -> WebVtt.read(many, Manner.LENIENT));
  }

  @Test
  void deepNestingEndsSomewhere() throws Exception {
    String deep = payload("<b>".repeat(300) + "x");

    assertEquals("<b>".repeat(16) + "x" + "</b>".repeat(16), deep);
  }

  /// Whatever somebody sends, what is written can be read again and stays the same, and has no tag
  /// but ours.
  @Test
  void anyBytesBecomeWebVttOfOurs() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {
      "<",
      ">",
      "&",
      "/",
      "b",
      "<b>",
      "</b>",
      "<v ",
      "<c.x",
      "-->",
      "\n",
      "\n\n",
      " ",
      CUE,
      "\n" + CUE + "\n",
      "NOTE",
      "&#60;",
      "&lt;",
      "<ruby>",
      "<rt>",
      "</ruby>",
      "\u0000",
      "\ud800",
      "\u2028",
      "{\\an8}",
      "1\n",
      "line:1",
      "é",
      "<lang x>"
    };
    for (int round = 0; round < 2000; round++) {
      StringBuilder file = new StringBuilder("WEBVTT\n\n" + CUE + "\n");
      for (int i = random.nextInt(40); i > 0; i--) {
        file.append(parts[random.nextInt(parts.length)]);
      }
      for (Cues cues :
          new Cues[] {
            WebVtt.read(file.toString(), Manner.LENIENT),
            SubRip.read(file.toString().replace(CUE, SUB_RIP), Manner.LENIENT)
          }) {
        String written = cues.write();
        assertEquals(written, read(written).write(), () -> "seed " + seed + ": " + file);
        for (Cue cue : cues.cues()) {
          String bare =
              cue.payload()
                  .replaceAll("</?(b|i|u|c|v|lang|ruby|rt)((\\.[\\w-]+)*)( [^<>]*)?>", "")
                  .replaceAll("&(amp|lt|gt);", "");
          assertTrue(bare.chars().noneMatch(c -> c == '<' || c == '>' || c == '&'), bare);
        }
      }
    }
  }
}

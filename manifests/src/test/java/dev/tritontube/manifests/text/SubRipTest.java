package dev.tritontube.manifests.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubRipTest {
  @Test
  void becomesWebVtt() throws Exception {
    String file =
        """

        1
        00:00:01,000 --> 00:00:02,500 X1:40 X2:600 Y1:20 Y2:50
        {\\an8}<font color="red">A & <I>B</I></font> <script>alert(1)</script>

        after an empty line
        2
        0:1:2.250-->0:1:3.000
        1 < 2 > 0 &amp; 42

        3
        00:00:09,000 --> 00:00:09,000
        no time

        """;
    String written =
        """
        WEBVTT

        00:00:01.000 --> 00:00:02.500
        A &amp; <i>B</i> &lt;script&gt;alert(1)&lt;/script&gt;
        after an empty line

        00:01:02.250 --> 00:01:03.000
        1 &lt; 2 &gt; 0 &amp;amp; 42
        """;

    assertEquals(written, SubRip.read(file, Manner.STRICT).write());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\n00:00:01 --> 00:00:02\nno milliseconds\n",
        "1\n00:00:01,000 --> tomorrow\nx\n",
        "1\n00:00:03,000 --> 00:00:02,000\nbackwards\n",
        "words before\n1\n00:00:01,000 --> 00:00:02,000\nx\n",
        "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:99:01,000 --> 00:99:02,000\ny\n",
        "1\n٠٠:٠٠:٠١,٠٠٠ --> 00:00:02,000\nx\n",
        "-->\n-->\n-->\n",
        "1\n99999:00:00,000 --> 99999:00:01,000\nx\n",
      })
  void refusesWhatMakesNoSense(String file) {
    assertThrows(MalformedTextException.class, () -> SubRip.read(file, Manner.STRICT), file);
  }
}

package dev.tritontube.manifests.dash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.manifests.Golden;
import dev.tritontube.manifests.Samples;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class MpdTest {
  private static final MediaUrls URLS = new MediaUrls("r1");

  @Test
  void rendersPicturesAndSound() throws Exception {
    assertRenders("film.mpd", Samples.film());
  }

  @Test
  void rendersSoundAlone() throws Exception {
    assertRenders("song.mpd", Samples.song());
  }

  @Test
  void rendersPicturesAlone() throws Exception {
    assertRenders("silent.mpd", Samples.silent());
  }

  @Test
  void rendersSheetsOfImages() throws Exception {
    assertRenders("pictured.mpd", Samples.pictured());
  }

  @Test
  void laterPeriodsGoOnWithNumbersAndMediaTime() throws Exception {
    assertRenders("periods.mpd", Samples.songs());
  }

  @Test
  void rendersWords() throws Exception {
    String mpd = Mpd.render(Samples.film(), Samples.words(), URLS);

    assertEquals(Golden.read(MpdTest.class, "words.mpd"), mpd);
    schema().newValidator().validate(new StreamSource(new StringReader(mpd)));
  }

  @Test
  void everyPresentationIsValid() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Schema schema = schema();
    for (int round = 0; round < 200; round++) {
      String mpd = Mpd.render(Samples.random(random), URLS);
      try {
        schema.newValidator().validate(new StreamSource(new StringReader(mpd)));
        assertEquals("0", lackingOfMedia(mpd), () -> "seed " + seed + ":\n" + mpd);
      } catch (SAXException e) {
        throw new AssertionError("seed " + seed + ", round " + round + ":\n" + mpd, e);
      }
    }
  }

  /// How many sets of pictures and sound lack what the schema lets sets of words and images go
  /// without.
  private static String lackingOfMedia(String mpd) throws XPathExpressionException {
    return XPathFactory.newInstance()
        .newXPath()
        .evaluate(
            """
            count(//*[local-name()='AdaptationSet'][@contentType='video' or @contentType='audio'][
              not(@segmentAlignment) or not(@startWithSAP)
              or count(*[local-name()='Role']) != 1
              or not(*[local-name()='SegmentTemplate'][@initialization][@presentationTimeOffset]
                /*[local-name()='SegmentTimeline'])
              or *[local-name()='Representation'][not(@codecs)]])
            """,
            new InputSource(new StringReader(mpd)));
  }

  @Test
  void setsOfPicturesAreMissedWhenTheyAreNotWhole() throws Exception {
    String mpd = Mpd.render(Samples.film(), URLS);
    assertEquals("0", lackingOfMedia(mpd));
    assertNotEquals("0", lackingOfMedia(mpd.replaceFirst(" codecs=\"[^\"]*\"", "")));
    assertNotEquals("0", lackingOfMedia(mpd.replaceFirst(" startWithSAP=\"1\"", "")));
  }

  @Test
  void schemaRefusesWhatIsNoManifest() {
    String mpd = Mpd.render(Samples.silent(), URLS).replace("<Role ", "<Unknown/><Role ");

    assertThrows(
        SAXException.class,
        () -> schema().newValidator().validate(new StreamSource(new StringReader(mpd))));
  }

  /// A period longer than its segments makes players ask for one more.
  @Test
  void neverRoundsLengthsUp() {
    Presentation silent = Samples.silent();
    Period period = silent.periods().getFirst();
    Rational uneven = new Rational(1_999_999_999L, 1_000_000_000L);
    String mpd = Mpd.render(Presentation.of(uneven, period.videos(), period.audios()), URLS);

    assertEquals(1, mpd.split("mediaPresentationDuration=\"PT1.999999S\"", -1).length - 1);
  }

  private static void assertRenders(String golden, Presentation presentation)
      throws SAXException, IOException {
    String mpd = Mpd.render(presentation, URLS);

    assertEquals(Golden.read(MpdTest.class, golden), mpd);
    schema().newValidator().validate(new StreamSource(new StringReader(mpd)));
  }

  private static Schema schema() throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(MpdTest.class.getResource("mpd.xsd"));
  }
}

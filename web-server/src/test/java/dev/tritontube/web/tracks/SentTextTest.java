package dev.tritontube.web.tracks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.catalog.NewText;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.TrackKind;
import dev.tritontube.web.catalog.TrackWords;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.uploads.BodyPlaces;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SentTextTest {
  private static final byte[] TEXT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".getBytes(UTF_8);
  private static final TrackWords WORDS =
      new TrackWords(TrackKind.CAPTIONS, "en", "English", false, false);

  private final SentText sent = new SentText(new Random(1));

  /// Sends nothing before it may.
  private static final class SlowBody extends InputStream {
    private final ByteArrayInputStream text = new ByteArrayInputStream(TEXT);
    private final CountDownLatch asked;
    private final CountDownLatch may;

    SlowBody(CountDownLatch asked, CountDownLatch may) {
      this.asked = asked;
      this.may = may;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("one by one");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      asked.countDown();
      try {
        may.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return text.read(target, offset, length);
    }
  }

  @Test
  void whoSendSlowlyKeepNobodyElseFromSending() throws Exception {
    CountDownLatch asked = new CountDownLatch(4);
    CountDownLatch may = new CountDownLatch(1);
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<NewText>> slow = new ArrayList<>();
      for (String owner : List.of("ann", "ann", "bob", "bob")) {
        slow.add(senders.submit(() -> read(new SlowBody(asked, may), owner)));
      }
      asked.await();
      assertEquals(1, read(new ByteArrayInputStream(TEXT), "eve").cues());
      may.countDown();
      for (Future<NewText> text : slow) {
        assertEquals(1, text.get().cues());
      }
    }
  }

  private NewText read(InputStream body, String owner) throws Exception {
    return sent.read(body, new Owner(owner), WORDS);
  }

  @Test
  void anOwnerHasAFewPlacesAndAllTogetherHaveSome() {
    BodyPlaces places = new BodyPlaces(3, 2, Duration.ZERO);
    Owner ann = new Owner("ann");
    Owner bob = new Owner("bob");
    BodyPlaces.Place first = places.enter(ann);
    places.enter(ann);
    assertBusy(places, ann);
    BodyPlaces.Place third = places.enter(bob);
    assertBusy(places, bob);
    first.close();
    places.enter(bob);
    assertBusy(places, ann);
    third.close();
    places.enter(ann);
  }

  private static void assertBusy(BodyPlaces places, Owner owner) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> places.enter(owner).close());
    assertEquals("busy", refused.problem().code());
  }
}

package dev.tritontube.web.packaging;

import static java.util.stream.Collectors.toSet;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.catalog.AssetId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchTest {
  @TempDir Path folder;

  /// What a player was expected to begin with, and the sound, take all places of two cores.
  @Test
  void aSizeThatIsAskedForIsBegunThoughAnotherWasExpected() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder, false, false)) {
      byte[] clip = new Clips(folder).usual("a.mp4", "640x360", "30", "5");
      AssetId asset = fixture.upload(clip);
      fixture.plan(asset);
      CountDownLatch held = fixture.holdOriginals();
      fixture.worker.start();
      begun(fixture, asset, Set.of("240p", "audio"));

      String revision = fixture.packaging.published(asset).orElseThrow().revision();
      Thread player = Thread.startVirtualThread(() -> ask(fixture, asset, revision));

      begun(fixture, asset, Set.of("240p", "audio", "360p"));
      held.countDown();
      player.join();
    }
  }

  private static void begun(PackagingFixture fixture, AssetId asset, Set<String> expected)
      throws Exception {
    AttemptStore attempts = new AttemptStore(fixture.database.jdbi(), InstantSource.system());
    Eventually.holds(
        expected + " are begun",
        () ->
            attempts.open(asset).stream()
                .flatMap(row -> row.span().representations().stream())
                .collect(toSet())
                .equals(expected));
  }

  private static void ask(PackagingFixture fixture, AssetId asset, String revision) {
    try {
      fixture.segment(asset, revision, "360p", "0");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.bench.crowd.Crowd;
import dev.tritontube.local.ChildProcess;
import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Fifty clips are uploaded at once, after a film of an hour, while twenty players play: all clips
/// play, and nobody's picture stops. How soon they play, `tritontube bench media --only crowd`
/// tells. Alone on the machine, which the promise supposes.
@Tag("soak")
@Isolated
class CrowdIT {
  @TempDir private Path folder;

  @Test
  void everyClipPlaysAndNobodyStalls() throws Exception {
    try (LocalCluster cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")))) {
      cluster.start(3);
      Crowd crowd = new Crowd(cluster.rest(), folder, Crowd.Size.PROMISED);
      crowd.prepare();

      Crowd.Report report = crowd.open();

      assertEquals(Crowd.Size.PROMISED.uploads(), report.arrivals().size());
      assertEquals(Crowd.Size.PROMISED.watchers(), report.viewings().size());
      report.arrivals().forEach(arrival -> assertNull(arrival.complaint(), arrival::toString));
      report.viewings().forEach(viewing -> assertNull(viewing.complaint(), viewing::toString));
      report.viewings().forEach(viewing -> assertEquals(0, viewing.stalls(), viewing::toString));
      assertEquals(0, cluster.rest().json("/api/v1/jobs?state=DEAD").get("items").size());
      for (ChildProcess process : cluster.processes()) {
        assertTrue(process.alive(), process.name() + " ended");
      }
    }
  }
}

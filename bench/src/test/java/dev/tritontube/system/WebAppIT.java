package dev.tritontube.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The web app in a real browser on a real cluster: what people do with it, with the cluster shaken
/// meanwhile. The flows are scripts in `web-server/ui/e2e/flows`.
@Order(1)
class WebAppIT {
  /// Watched from many places in it, and while it is encoded.
  private static final int FILM_SECONDS = 30;

  /// As short as can be seen to play.
  private static final int CLIP_SECONDS = 8;

  @TempDir private Path folder;
  private LocalCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster =
        new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder.resolve("data")));
    cluster.start(3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void peopleWatchAndLookAfterTheirAccounts() throws Exception {
    Path film = folder.resolve("film.mp4");
    Files.write(film, Clips.make(folder, FILM_SECONDS, "854x480"));
    Path clip = folder.resolve("clip.mp4");
    Files.write(clip, Clips.make(folder, CLIP_SECONDS, "320x180"));
    Process browser = browser(film, clip);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = browser.inputReader();
        Writer answers = browser.outputWriter()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        System.out.println(line);
        if (line.startsWith("do: ")) {
          answers.write(obey(line.substring("do: ".length())) + "\n");
          answers.flush();
        }
      }
      assertEquals(0, browser.waitFor(), () -> String.join("\n", said));
    } finally {
      browser.destroyForcibly();
    }
    assertTrue(said.stream().anyMatch(line -> line.startsWith("passed: ")), said::toString);
  }

  private Process browser(Path film, Path clip) throws IOException {
    Path ui = cluster.installation().home().resolve("web-server/ui");
    return new ProcessBuilder(
            "node",
            "e2e/run.mjs",
            cluster.webUri().toString(),
            cluster.keyFile().toString(),
            film.toString(),
            clip.toString())
        .directory(ui.toFile())
        .redirectErrorStream(true)
        .start();
  }

  /// What the one who asked for it needs to know.
  private String obey(String wish) throws IOException, InterruptedException {
    switch (wish) {
      case "kill-node" -> cluster.node(3).kill();
      case "start-node" -> cluster.startNode(3);
      case "start-new-node" -> {
        cluster.startNode(4);
        return cluster.nodeAddress(4);
      }
      case "restart-web" -> {
        cluster.web().kill();
        cluster.startWeb();
      }
      default -> throw new IllegalArgumentException("nobody can " + wish);
    }
    return "done";
  }
}

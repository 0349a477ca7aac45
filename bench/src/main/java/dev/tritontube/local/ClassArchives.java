package dev.tritontube.local;

import dev.tritontube.local.Installation.Program;
import dev.tritontube.local.LocalCluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The classes of the programs as a JVM maps them into memory, instead of reading, checking and
/// laying out thousands of them: it starts in half the time (class data sharing of applications,
/// JEP 310, archives of JEP 350). For who starts programs by the hundred, as the system tests do.
///
/// They are what a short life of a cluster loads, and are made anew when a program is.
public final class ClassArchives {
  private static final String FOLDER = "tritontube.archives";

  /// As little to encode as can be.
  private static final List<String> CLIP =
      List.of(
          "-f",
          "lavfi",
          "-i",
          "testsrc2=size=160x90:rate=30:duration=1",
          "-f",
          "lavfi",
          "-i",
          "sine=sample_rate=48000:duration=1",
          "-pix_fmt",
          "yuv420p");

  private ClassArchives() {}

  /// Makes what is missing in the folder that the system property `tritontube.archives` names.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Installation installation = Installation.fromSystemProperty();
    Files.createDirectories(folder());
    boolean complete = true;
    for (Program program : Program.values()) {
      if (!isFresh(installation, program)) {
        Files.deleteIfExists(file(program));
        complete = false;
      }
    }
    if (!complete) {
      rehearse(installation);
    }
  }

  /// What the command line of a program has for it: the archive, or where it is to be left at the
  /// end; nothing unless the folder is named.
  static List<String> options(Program program) {
    if (System.getProperty(FOLDER) == null) {
      return List.of();
    }
    Path file = file(program);
    return List.of(
        (Files.exists(file) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + file);
  }

  private static boolean isFresh(Installation installation, Program program) throws IOException {
    Path file = file(program);
    if (!Files.exists(file)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(file);
    try (Stream<Path> jars = installation.jars(program)) {
      for (Path jar : jars.toList()) {
        if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// What tests do with a cluster, once.
  private static void rehearse(Installation installation) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("tritontube-rehearsal-");
    LocalCluster cluster = new LocalCluster(installation, Settings.in(data));
    try {
      cluster.start(1);
      RestClient rest = cluster.rest();
      Path clip = data.resolve("clip.mp4");
      SampleClip.ffmpeg(CLIP, clip);
      String id = rest.upload(clip, "rehearsal").get("id").asText();
      Demo.awaitCompleted(rest, id);
      Demo.check(rest, rest.resolve("/api/v1/videos/" + id + "/"));
      administer(cluster);
    } finally {
      Demo.stop(cluster, data);
    }
  }

  private static void administer(LocalCluster cluster) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder(cluster.adminCommand("--json", "status"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exitCode != 0) {
      throw new IOException("admin status ended with " + exitCode);
    }
  }

  private static Path file(Program program) {
    return folder().resolve(program.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jsa");
  }

  private static Path folder() {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("the system property " + FOLDER + " is not set");
    }
    return Path.of(folder).toAbsolutePath();
  }
}

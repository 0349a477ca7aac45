package dev.tritontube.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Where the built programs are, and how a JVM is started on them.
///
/// @param home the repository's root
public record Installation(Path home) {
  /// The programs of a cluster, each with the memory that it is given unless told otherwise.
  public enum Program {
    STORAGE_NODE("storage-node/target/storage-node.jar", List.of("-Xmx256m")),
    WEB_SERVER(
        "web-server/target/web-server.jar", List.of("-Xmx512m", "-XX:MaxDirectMemorySize=1g")),
    ADMIN_CLI("admin-cli/target/admin-cli.jar", List.of("-Xmx128m"));

    private final String jar;
    private final List<String> memory;

    Program(String jar, List<String> memory) {
      this.jar = jar;
      this.memory = memory;
    }
  }

  public Installation {
    home = home.toAbsolutePath().normalize();
    for (Program program : Program.values()) {
      if (!Files.exists(home.resolve(program.jar))) {
        throw new IllegalStateException(
            home.resolve(program.jar) + " is missing: build the project first");
      }
    }
  }

  /// The installation that the launcher or the build named in the system property
  /// `tritontube.home`.
  public static Installation fromSystemProperty() {
    String home = System.getProperty("tritontube.home");
    if (home == null) {
      throw new IllegalStateException("the system property tritontube.home is not set");
    }
    return new Installation(Path.of(home));
  }

  /// What a program's classes are in.
  Stream<Path> jars(Program program) throws IOException {
    Path jar = home.resolve(program.jar);
    return Stream.concat(Stream.of(jar), Files.list(jar.resolveSibling("lib")));
  }

  /// A command line that runs a program on the JVM that runs this one. `TRITONTUBE_JAVA_OPTS` is
  /// added, last.
  public List<String> command(Program program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.memory);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(ClassArchives.options(program));
    String more = System.getenv("TRITONTUBE_JAVA_OPTS");
    if (more != null && !more.isBlank()) {
      command.addAll(Arrays.asList(more.trim().split("\\s+")));
    }
    command.add("-jar");
    command.add(home.resolve(program.jar).toString());
    command.addAll(arguments);
    return command;
  }
}

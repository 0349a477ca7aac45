package dev.tritontube.web.packaging;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the programs that touch media are, and how they are kept from touching else.
public record MediaTools(Path ffmpeg, Path ffprobe, Sandboxing sandboxing) {
  /// @param ffmpeg the configured program; when empty it is looked for on the PATH
  /// @param ffprobe likewise
  /// @return empty when one of them is not there
  public static Optional<MediaTools> find(Optional<Path> ffmpeg, Optional<Path> ffprobe) {
    Optional<Path> encoder = ffmpeg.filter(Files::isExecutable).or(() -> program("ffmpeg"));
    Optional<Path> prober = ffprobe.filter(Files::isExecutable).or(() -> program("ffprobe"));
    return encoder.flatMap(
        found -> prober.map(other -> new MediaTools(found, other, Sandboxing.AUTO)));
  }

  public MediaTools with(Sandboxing other) {
    return new MediaTools(ffmpeg, ffprobe, other);
  }

  /// A program on the PATH.
  static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(Predicate.not(String::isBlank))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

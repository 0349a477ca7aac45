package dev.tritontube.web.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A start of a program, and what it may reach beyond itself.
///
/// @param command the program's path and its arguments
/// @param niceness 0 for what somebody waits for, up to 19 for what gives way to all else
/// @param folder whose pipes (and files, without cutting them) it may write; it makes none
/// @param port to which it may connect by TCP
public record Launch(
    List<String> command,
    Map<String, String> environment,
    int niceness,
    Optional<Path> folder,
    OptionalInt port) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}

package dev.tritontube.admin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the administrator's key is: the file named by an option, else by the environment, else
/// `./data/admin.key`.
final class AdminKeyFile {
  private static final String VARIABLE = "TRITONTUBE_KEY_FILE";

  private AdminKeyFile() {}

  /// @throws UsageException when there is no key there
  static String read(Optional<Path> option, Map<String, String> environment) {
    Path file =
        option
            .or(() -> Optional.ofNullable(environment.get(VARIABLE)).map(Path::of))
            .orElse(Path.of("data", "admin.key"));
    try {
      String key = Files.readString(file).strip();
      if (!key.matches("[ -~]+")) {
        throw new UsageException(
            "the key file "
                + file
                + (key.isEmpty() ? " is empty" : " holds no key: it is one line of ASCII"));
      }
      return key;
    } catch (CharacterCodingException e) {
      throw new UsageException("the key file " + file + " holds no key: it is no text", e);
    } catch (IOException e) {
      String problem =
          Files.exists(file)
              ? "the key file " + file + " cannot be read: " + e.getMessage()
              : "there is no key file " + file;
      throw new UsageException(problem + "; name it with --key-file or " + VARIABLE, e);
    }
  }
}

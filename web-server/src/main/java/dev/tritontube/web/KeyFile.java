package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The file that holds the administrator's key alone, readable by its owner alone, made at the
/// first start.
final class KeyFile {
  private static final int KEY_BYTES = 32;

  private KeyFile() {}

  /// @throws StartException when there is a file without a key
  static String readOrCreate(Path file) throws IOException, StartException {
    if (!Files.exists(file)) {
      create(file);
    }
    String key = new String(Files.readAllBytes(file), ISO_8859_1).strip();
    if (key.isEmpty()) {
      throw new StartException(file + " is empty: remove it, and a new key is made");
    }
    if (!key.matches("[ -~]+")) {
      throw new StartException(file + " holds no key: it is one line of ASCII");
    }
    return key;
  }

  /// The file appears with its content or not at all, also when several processes start at once.
  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "admin",
            ".key",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, HexFormat.of().formatHex(key) + "\n");
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException _) {
      // Another process was first; its key counts.
    } finally {
      Files.delete(fresh);
    }
  }
}

package dev.tritontube.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Expected outputs, kept as files beside the tests.
public final class Golden {
  private Golden() {}

  public static String read(Class<?> test, String name) {
    try (InputStream file = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

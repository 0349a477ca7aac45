package dev.tritontube.web;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where a flag that was not given comes from: the environment (`--cache-bytes` is
/// `TRITONTUBE_CACHE_BYTES`), then the configuration file (`cache-bytes = …`).
final class Layers implements IDefaultValueProvider {
  private final Map<String, String> environment;
  private final Properties file;

  private Layers(Map<String, String> environment, Properties file) {
    this.environment = environment;
    this.file = file;
  }

  /// @param configFile a file of Java properties, or null
  /// @param keys what may be in it
  /// @throws IOException when it cannot be read or has a key that is not known
  static Layers read(Map<String, String> environment, @Nullable Path configFile, Set<String> keys)
      throws IOException {
    Properties file = new Properties();
    if (configFile != null) {
      try (Reader reader = Files.newBufferedReader(configFile)) {
        file.load(reader);
      }
    }
    Set<String> unknown = new TreeSet<>(file.stringPropertyNames());
    unknown.removeAll(keys);
    if (!unknown.isEmpty()) {
      throw new IOException("unknown keys in " + configFile + ": " + String.join(", ", unknown));
    }
    return new Layers(environment, file);
  }

  static String variable(String key) {
    return "TRITONTUBE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String key = option.longestName().substring("--".length());
    String value = environment.get(variable(key));
    return value == null ? file.getProperty(key) : value;
  }
}

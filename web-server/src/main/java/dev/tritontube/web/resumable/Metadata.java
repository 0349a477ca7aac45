package dev.tritontube.web.resumable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.web.http.Utf8;
import dev.tritontube.web.uploads.FileName;
import dev.tritontube.web.uploads.FormFields;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What `Upload-Metadata` says: pairs of a name and a value in base 64, with commas between. Names
/// that mean nothing here are left alone: clients add their own.
record Metadata(Map<String, String> values) {
  static final int MAX_LENGTH = 16 << 10;

  private static final String FILE_NAME = "filename";

  /// @throws IllegalArgumentException says what is wrong with it
  static Metadata parse(String header) {
    if (header.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("the metadata is longer than " + MAX_LENGTH);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : header.isBlank() ? new String[0] : header.split(",", -1)) {
      String[] parts = pair.strip().split(" +", -1);
      if (parts[0].isEmpty() || parts.length > 2) {
        throw new IllegalArgumentException("a pair of the metadata is a name and a value");
      }
      if (values.putIfAbsent(parts[0], parts.length == 1 ? "" : text(parts[1])) != null) {
        throw new IllegalArgumentException("a name is in the metadata more than once");
      }
    }
    return new Metadata(values);
  }

  private static String text(String encoded) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a value of the metadata is no base 64", e);
    }
    return Utf8.text(bytes)
        .orElseThrow(() -> new IllegalArgumentException("a value of the metadata is no UTF-8"));
  }

  /// As a client would send it.
  String header() {
    return values.entrySet().stream()
        .map(
            pair ->
                pair.getKey()
                    + " "
                    + Base64.getEncoder().encodeToString(pair.getValue().getBytes(UTF_8)))
        .collect(Collectors.joining(","));
  }

  /// @param profiles which ones may be chosen, by their names
  /// @throws dev.tritontube.web.http.ProblemException 400 `bad_field`
  void check(Predicate<String> profiles) {
    fields(profiles);
  }

  /// What the video is to have, once that was checked.
  FormFields fields() {
    return fields(_ -> true);
  }

  private FormFields fields(Predicate<String> profiles) {
    FormFields fields = new FormFields(profiles);
    Optional.ofNullable(values.get(FILE_NAME))
        .ifPresent(name -> fields.fileName(FileName.of(name)));
    values.forEach(
        (name, value) -> {
          if (FormFields.NAMES.contains(name)) {
            fields.add(name, value);
          }
        });
    fields.details();
    return fields;
  }
}

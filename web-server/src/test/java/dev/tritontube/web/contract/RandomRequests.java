package dev.tritontube.web.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Requests of the operations of the contract: some as they should be, most of them wrong in one
/// way or several. The same seed makes the same requests.
public final class RandomRequests {
  private static final int MAX_FILE_BYTES = 4000;

  private final List<Operation> operations;
  private final Function<Operation, String> paths;
  private final RandomGenerator random;
  private final RandomValues values;

  /// @param paths a path of an operation, with things that there are in it
  public RandomRequests(
      List<Operation> operations, Function<Operation, String> paths, RandomGenerator random) {
    this.operations = operations;
    this.paths = paths;
    this.random = random;
    this.values = new RandomValues(random);
  }

  /// @param target path and query, escaped
  /// @param headers names and values in turn
  public record Wish(String method, String target, List<String> headers, byte[] body) {
    @Override
    public String toString() {
      String text = new String(body, UTF_8);
      return "%s %s %s %s"
          .formatted(method, target, headers, text.substring(0, Math.min(text.length(), 300)));
    }
  }

  public Wish next() {
    Operation operation = values.one(operations);
    List<String> headers = new ArrayList<>();
    operation.parameters("header").forEach(parameter -> header(parameter, headers));
    byte[] body = body(operation, headers);
    String method =
        values.chance(0.02)
            ? values.one(List.of("PUT", "DELETE", "POST", "PATCH"))
            : operation.method();
    return new Wish(method, path(operation) + query(operation), headers, body);
  }

  private String path(Operation operation) {
    String path = paths.apply(operation);
    if (!operation.path().contains("{") || values.chance(0.8)) {
      return path;
    }
    // Something else in the place of one of its parts.
    String[] parts = operation.path().split("/", -1);
    String[] real = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("{") && values.chance(0.6)) {
        real[i] = escaped(values.nasty());
      }
    }
    return String.join("/", real);
  }

  private String query(Operation operation) {
    List<String> pairs = new ArrayList<>();
    operation.parameters("query").forEach(parameter -> query(parameter, pairs));
    if (values.chance(0.05)) {
      pairs.add(escaped(values.nasty()) + "=" + escaped(values.nasty()));
    }
    if (values.chance(0.02)) {
      pairs.add("%ff%zz".replace("%zz", "%c0%af"));
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private void query(Place parameter, List<String> pairs) {
    boolean wanted = parameter.at("required").node().asBoolean() || values.chance(0.3);
    if (wanted) {
      String pair = escaped(parameter.text("name")) + "=" + escaped(value(parameter));
      pairs.add(pair);
      if (values.chance(0.05)) {
        pairs.add(pair);
      }
    }
  }

  private String value(Place parameter) {
    return values.chance(0.6) ? values.valid(parameter.at("schema")).asText() : values.nasty();
  }

  private void header(Place parameter, List<String> headers) {
    boolean wanted = parameter.at("required").node().asBoolean() || values.chance(0.5);
    if (wanted && !values.chance(0.05)) {
      String value = value(parameter).replaceAll("[^\\x20-\\x7e]", "?").strip();
      headers.addAll(List.of(parameter.text("name"), value));
    }
  }

  private byte[] body(Operation operation, List<String> headers) {
    Place content = operation.place().at("requestBody").at("content");
    List<String> types = content.entries().map(entry -> entry.getKey()).toList();
    if (types.isEmpty()) {
      return values.chance(0.05) ? values.nasty().getBytes(UTF_8) : new byte[0];
    }
    String type = values.one(types);
    String said =
        values.chance(0.1)
            ? values.one(Nasty.CONTENT_TYPES)
            : type.replace("*/*", "video/mp4").replace("*", "mp4");
    if (type.startsWith("multipart")) {
      headers.addAll(List.of("Content-Type", said + (said.equals(type) ? "; boundary=x" : "")));
      return form(content.at(type).at("schema"));
    }
    headers.addAll(List.of("Content-Type", said));
    return type.endsWith("json") ? document(content.at(type).at("schema")) : file();
  }

  private byte[] document(Place schema) {
    if (values.chance(0.15)) {
      return values.one(Nasty.DOCUMENTS).getBytes(UTF_8);
    }
    var document = values.valid(schema);
    for (int i = random.nextInt(4); i > 1; i--) {
      document = values.spoilt(document);
    }
    byte[] bytes = document.toString().getBytes(UTF_8);
    if (values.chance(0.05) && bytes.length > 2) {
      bytes[random.nextInt(1, bytes.length - 1)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private byte[] form(Place schema) {
    StringBuilder form = new StringBuilder();
    schema
        .at("properties")
        .entries()
        .forEach(
            field -> {
              String name =
                  values.chance(0.1)
                      ? values.nasty().replaceAll("[\\r\\n\"]", "?")
                      : field.getKey();
              String file = field.getKey().equals("file") ? "; filename=\"a.mp4\"" : "";
              String value =
                  file.isEmpty()
                      ? value(field.getValue())
                      : new String(file(), StandardCharsets.ISO_8859_1);
              form.append(
                  "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
                      .formatted(name, file, value));
            });
    return (form + (values.chance(0.9) ? "--x--\r\n" : "")).getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] file() {
    byte[] file = new byte[random.nextInt(MAX_FILE_BYTES)];
    random.nextBytes(file);
    byte[] start = {0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0};
    if (file.length >= start.length && values.chance(0.7)) {
      System.arraycopy(start, 0, file, 0, start.length);
    }
    return file;
  }

  /// Every byte of what is not plain, halves of characters too.
  private static String escaped(String text) {
    return text.codePoints().mapToObj(RandomRequests::escaped).collect(Collectors.joining());
  }

  private static String escaped(int character) {
    if (character < 128 && Character.isLetterOrDigit(character)) {
      return Character.toString(character);
    }
    StringBuilder bytes = new StringBuilder();
    for (byte b : Character.toString(character).getBytes(UTF_8)) {
      bytes.append("%%%02x".formatted(b));
    }
    return bytes.toString();
  }
}

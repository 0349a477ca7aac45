package dev.tritontube.web.contract;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One thing that the contract says can be done.
///
/// @param method in upper case
/// @param path a template such as `/api/v1/videos/{id}`
public record Operation(String method, String path, Place place) {
  static Operation of(Place paths, String path, String method) {
    return new Operation(method.toUpperCase(Locale.ROOT), path, paths.at(path).at(method));
  }

  public String id() {
    return place.text("operationId");
  }

  /// The word for who may.
  public String access() {
    return place.text(AccessLevels.WORD);
  }

  /// The status of the answer when all is well.
  public int success() {
    return place
        .at("responses")
        .entries()
        .mapToInt(entry -> Integer.parseInt(entry.getKey()))
        .filter(status -> status >= 200 && status < 300)
        .findFirst()
        .orElseThrow();
  }

  /// Whether an answer with this status is in the contract.
  public boolean mayAnswer(int status) {
    return place.at("responses").at(Integer.toString(status)).exists();
  }

  /// Names of the fields of a JSON body that are text, and of the lists of text.
  public List<String> textFields() {
    Place schema = place.at("requestBody").at("content").at("application/json").at("schema");
    return Stream.concat(Stream.of(schema), schema.at("oneOf").elements())
        .flatMap(object -> object.at("properties").entries())
        .filter(field -> field.getValue().at("type").node().toString().contains("string"))
        .map(Map.Entry::getKey)
        .distinct()
        .toList();
  }

  public List<String> queryParameters() {
    return parameters("query").map(parameter -> parameter.text("name")).toList();
  }

  /// Whether parameters are left alone that are not in the contract.
  public boolean allowsOtherParameters() {
    return place.at("x-other-parameters").exists();
  }

  public boolean hasBody() {
    return place.at("requestBody").exists();
  }

  /// A body of a request that the contract gives as an example.
  public Optional<String> example() {
    Place json = place.at("requestBody").at("content").at("application/json");
    return Stream.concat(
            Stream.of(json.at("example")),
            json.at("examples").entries().map(entry -> entry.getValue().at("value")))
        .filter(Place::exists)
        .map(example -> example.node().toString())
        .findFirst();
  }

  /// Parameters that are at a place: `path`, `query` or `header`.
  Stream<Place> parameters(String in) {
    return place.at("parameters").elements().filter(parameter -> parameter.text("in").equals(in));
  }

  Pattern pattern() {
    String[] parts = path.split("/", -1);
    StringBuilder pattern = new StringBuilder();
    for (String part : parts) {
      pattern.append('/').append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
    }
    return Pattern.compile(pattern.substring(1));
  }

  /// How many of its path's parts are parameters: of two that match, the one with fewer is meant.
  long placeholders() {
    return path.chars().filter(character -> character == '{').count();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}

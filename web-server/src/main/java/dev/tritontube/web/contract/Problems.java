package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The problems that there are, and the answers that they make: one for the codes that share a
/// status in an operation. For one thread.
final class Problems {
  private static final String PROBLEM = "application/problem+json";
  private static final String HEADERS = "x-problem-headers";

  private final JsonNode codes;
  private final JsonNode known;
  private final JsonNode groups;
  private final List<String> everywhere;
  private final ObjectNode responses = JsonNodeFactory.instance.objectNode();

  /// @param catalog the content of `problems.yaml`
  /// @param known the headers of the document, by their names
  Problems(JsonNode catalog, JsonNode known) {
    this.known = known;
    this.codes = catalog.get("codes");
    this.groups = catalog.get("groups");
    this.everywhere = words(catalog.get("everywhere"));
  }

  static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /// All answers that were referred to, by their names.
  ObjectNode responses() {
    return responses;
  }

  /// Adds the answers to those of an operation.
  ///
  /// @param names codes and groups of them, beside those that every operation has
  /// @param bodies false for HEAD
  void addTo(ObjectNode operation, Collection<String> names, boolean bodies) {
    ObjectNode answers = operation.withObject("responses");
    List<String> headers = words(operation.path(HEADERS));
    operation.remove(HEADERS);
    byStatus(names)
        .forEach(
            (status, ofStatus) -> {
              Answer answer = new Answer(status, List.copyOf(ofStatus), headers, bodies);
              if (answers.has(status)) {
                addTo((ObjectNode) answers.get(status), answer);
              } else {
                String name = response(answer);
                answers.putObject(status).put("$ref", "#/components/responses/" + name);
              }
            });
  }

  private SortedMap<String, TreeSet<String>> byStatus(Collection<String> names) {
    List<String> all = new ArrayList<>(everywhere);
    names.forEach(name -> all.addAll(groups.has(name) ? words(groups.get(name)) : List.of(name)));
    return all.stream()
        .collect(
            Collectors.groupingBy(
                code -> code(code).get("status").asText(),
                TreeMap::new,
                Collectors.toCollection(TreeSet::new)));
  }

  private JsonNode code(String code) {
    return Objects.requireNonNull(codes.get(code), () -> "there is no problem " + code);
  }

  /// @param headers that come beside those of the codes
  /// @param body false: of HEAD
  private record Answer(String status, List<String> codes, List<String> headers, boolean body) {
    String name() {
      return Stream.of(List.of((body ? "Problem" : "Bare") + status), codes, headers)
          .flatMap(List::stream)
          .collect(Collectors.joining("."));
    }
  }

  /// An answer that may also be something else than a problem.
  private static void addTo(ObjectNode response, Answer answer) {
    if (answer.body()) {
      response.withObjectProperty("content").putObject(PROBLEM).set("schema", schema(answer));
    }
  }

  private String response(Answer answer) {
    String name = answer.name();
    if (!responses.has(name)) {
      ObjectNode response = responses.putObject(name);
      response.put("description", description(answer.codes()));
      headers(response, answer);
      if (answer.body()) {
        response.putObject("content").putObject(PROBLEM).set("schema", schema(answer));
      }
    }
    return name;
  }

  private String description(List<String> ofStatus) {
    return ofStatus.stream()
        .map(code -> "- `%s`: %s".formatted(code, code(code).get("says").asText()))
        .collect(Collectors.joining("\n"));
  }

  /// One that comes with some of the codes alone is not required.
  private void headers(ObjectNode response, Answer answer) {
    ObjectNode headers = response.putObject("headers");
    Operations.refer(headers, Operations.REQUEST_ID);
    answer.headers().forEach(header -> headers.set(header, sometimes(header)));
    answer.codes().stream()
        .flatMap(code -> headers(code).stream())
        .distinct()
        .forEach(header -> header(headers, header, answer));
  }

  private void header(ObjectNode headers, String header, Answer answer) {
    if (answer.codes().stream().allMatch(code -> headers(code).contains(header))) {
      Operations.refer(headers, header);
    } else {
      headers.set(header, sometimes(header));
    }
  }

  private List<String> headers(String code) {
    return words(code(code).path("headers"));
  }

  private JsonNode sometimes(String header) {
    ObjectNode copy =
        Objects.requireNonNull(known.get(header), () -> "there is no header " + header).deepCopy();
    copy.remove("required");
    return copy;
  }

  private static ObjectNode schema(Answer answer) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/Problem");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("status").put("const", Integer.parseInt(answer.status()));
    answer.codes().forEach(properties.putObject("code").putArray("enum")::add);
    return schema;
  }
}

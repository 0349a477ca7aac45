package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The contract as tests hold the server against it. Its schemas are stricter than as they are
/// published: what is not in them may not be in answers either, though clients are to expect that
/// fields are added. Thread-safe.
public final class Contract {
  private static final String AT = "contract:/openapi.json";

  private final Place root;
  private final List<Operation> operations;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Contract(ObjectNode document) {
    forbidOtherFields(document);
    root = new Place(document, "");
    Place paths = root.at("paths");
    operations =
        paths
            .entries()
            .flatMap(
                path ->
                    path.getValue()
                        .entries()
                        .map(method -> Operation.of(paths, path.getKey(), method.getKey())))
            .sorted(Comparator.comparing(Operation::placeholders))
            .toList();
    registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(), builder -> builder.schemas(Map.of(AT, document.toString())));
  }

  /// It takes a while to read.
  private static final class Read {
    static final Contract CONTRACT = new Contract(OpenApiDocument.assemble());
  }

  public static Contract read() {
    return Read.CONTRACT;
  }

  private static void forbidOtherFields(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Contract::forbidOtherFields);
  }

  Place root() {
    return root;
  }

  public List<Operation> operations() {
    return operations;
  }

  public Operation operation(String id) {
    return operations.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operation " + id));
  }

  /// Which operation a request is.
  ///
  /// @param path as it was sent, without the query
  public Optional<Operation> operation(String method, String path) {
    return operations.stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> operation.pattern().matcher(path).matches())
        .findFirst();
  }

  /// What is wrong with a value; empty: nothing.
  String complaint(Place schema, JsonNode value) {
    return schemas
        .computeIfAbsent(
            schema.pointer(),
            pointer -> registry.getSchema(SchemaLocation.of(AT + "#" + escaped(pointer))))
        .validate(value)
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .collect(Collectors.joining("; "));
  }

  /// A pointer as a fragment of an address (RFC 6901, section 6).
  private static String escaped(String pointer) {
    return pointer.replace("%", "%25").replace("{", "%7B").replace("}", "%7D").replace("*", "%2A");
  }
}

package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Adds to the operations of the contract what follows from what is written about them.
final class Operations {
  /// The header that each answer has.
  static final String REQUEST_ID = "X-Request-Id";

  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options");
  private static final String PARAMETERS = "parameters";
  private static final String PROBLEMS = "x-problems";
  private static final String HEAD = "x-head";

  private final AccessLevels levels;
  private final Problems problems;

  Operations(AccessLevels levels, Problems problems) {
    this.levels = levels;
    this.problems = problems;
  }

  static void refer(ObjectNode headers, String header) {
    headers.putObject(header).put("$ref", "#/components/headers/" + header);
  }

  /// Completes all operations of a path.
  void complete(ObjectNode path) {
    JsonNode get = path.path("get");
    boolean headToo = get.isObject() && get.path(HEAD).asBoolean(true);
    if (headToo) {
      path.set("head", head((ObjectNode) get));
    }
    JsonNode shared = path.path(PARAMETERS);
    path.remove(PARAMETERS);
    for (Map.Entry<String, JsonNode> entry : path.properties()) {
      if (METHODS.contains(entry.getKey())) {
        ObjectNode operation = (ObjectNode) entry.getValue();
        share(operation, shared);
        complete(operation, !entry.getKey().equals("head"));
      }
    }
  }

  /// The parameters of a path are those of each of its operations: not every reader of the document
  /// looks for them at the path.
  private static void share(ObjectNode operation, JsonNode parameters) {
    ArrayNode all = operation.arrayNode();
    parameters.forEach(all::add);
    operation.path(PARAMETERS).forEach(all::add);
    if (!all.isEmpty()) {
      operation.set(PARAMETERS, all);
    }
  }

  private static ObjectNode head(ObjectNode get) {
    ObjectNode head = get.deepCopy();
    String id = get.get("operationId").asText();
    head.put("operationId", "head" + Character.toUpperCase(id.charAt(0)) + id.substring(1));
    head.put("summary", get.get("summary").asText() + ": the headers alone");
    // Nobody opens a WebSocket with HEAD.
    head.withObject("responses").remove("101");
    head.withObject("responses").forEach(response -> ((ObjectNode) response).remove("content"));
    return head;
  }

  private void complete(ObjectNode operation, boolean bodies) {
    operation.remove(HEAD);
    for (JsonNode response : operation.withObject("responses")) {
      refer(((ObjectNode) response).withObjectProperty("headers"), REQUEST_ID);
    }
    List<String> codes = new ArrayList<>(levels.apply(operation));
    codes.addAll(Problems.words(operation.path(PROBLEMS)));
    operation.remove(PROBLEMS);
    problems.addTo(operation, codes, bodies);
  }
}

package dev.tritontube.web.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
  private final ObjectNode document = OpenApiDocument.assemble();

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = document.findValuesAsText("$ref");
    assertFalse(references.isEmpty());
    for (String reference : references) {
      assertTrue(reference.startsWith("#/"), reference);
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  @Test
  void nothingIsThereThatNobodyRefersTo() {
    Set<String> references = new HashSet<>(document.findValuesAsText("$ref"));
    Set<String> unused = new HashSet<>();
    for (var kind : document.get("components").properties()) {
      if (!kind.getKey().equals("securitySchemes")) {
        kind.getValue()
            .fieldNames()
            .forEachRemaining(name -> unused.add("#/components/" + kind.getKey() + "/" + name));
      }
    }
    unused.removeAll(references);
    // What streams send is named in words.
    List.of("VideoEvent", "GoneEvent", "ClusterState", "LayoutState")
        .forEach(event -> unused.remove("#/components/schemas/" + event));
    assertEquals(Set.of(), unused);
  }

  @Test
  void everyOperationIsDescribed() {
    List<String> ids = new ArrayList<>();
    for (JsonNode operation : operations()) {
      String id = operation.path("operationId").asText();
      ids.add(id);
      assertAll(
          id,
          () -> assertTrue(id.matches("[a-z][A-Za-z]+"), "its name is in camel case"),
          () -> assertEquals(1, operation.path("tags").size(), "it has one tag"),
          () -> assertFalse(operation.path("summary").asText().isBlank(), "it has a summary"),
          () -> assertTrue(operation.path("description").asText().contains("**Who may:**")),
          () -> assertTrue(operation.get("security").isArray()),
          () -> assertTrue(operation.get("responses").has("500"), "it may fail"));
    }
    assertEquals(ids.size(), new HashSet<>(ids).size(), "names are there once");
  }

  @Test
  void everyTagIsExplained() {
    Set<String> explained = new HashSet<>(document.get("tags").findValuesAsText("name"));
    operations()
        .forEach(operation -> assertTrue(explained.contains(operation.at("/tags/0").asText())));
  }

  @Test
  void aHeadGoesWithAGetAndHasNoBody() {
    JsonNode head = document.at("/paths/~1api~1v1~1videos~1{id}/head");
    assertEquals("headGetVideo", head.get("operationId").asText());
    assertTrue(head.at("/responses/200/content").isMissingNode());
    String refused = head.at("/responses/404/$ref").asText();
    assertTrue(document.at(refused.substring(1) + "/content").isMissingNode());
  }

  @Test
  void problemsOfAStatusAreOneAnswerThatNamesTheirCodes() {
    String reference =
        document.at("/paths/~1api~1v1~1videos~1{id}/patch/responses/412/$ref").asText();
    JsonNode schema =
        document.at(reference.substring(1) + "/content/application~1problem+json/schema");
    assertEquals(412, schema.at("/properties/status/const").asInt());
    assertEquals("precondition_failed", schema.at("/properties/code/enum/0").asText());
  }

  @Test
  void examplesAreAsTheirSchemasWantThem() {
    Contract contract = Contract.read();
    int examples = 0;
    for (Operation operation : contract.operations()) {
      Place bodies = operation.place().at("requestBody").at("content");
      for (var body : bodies.entries().toList()) {
        Place schema = body.getValue().at("schema");
        for (Place example : examples(body.getValue())) {
          assertEquals("", contract.complaint(schema, example.node()), operation.id());
          examples++;
        }
      }
    }
    for (var schema : contract.root().at("components").at("schemas").entries().toList()) {
      for (Place example : schema.getValue().at("examples").elements().toList()) {
        assertEquals("", contract.complaint(schema.getValue(), example.node()), schema.getKey());
        examples++;
      }
    }
    assertTrue(examples > 20, examples + " examples");
  }

  private static List<Place> examples(Place body) {
    return Stream.concat(
            Stream.of(body.at("example")),
            body.at("examples").entries().map(named -> named.getValue().at("value")))
        .filter(Place::exists)
        .toList();
  }

  @Test
  void everyCodeIsInTheDocsToo() throws Exception {
    String docs = Files.readString(Path.of("../docs/api.md"));
    document
        .get("x-problem-codes")
        .fieldNames()
        .forEachRemaining(code -> assertTrue(docs.contains("`" + code + "`"), code));
  }

  private List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    document.get("paths").forEach(path -> path.forEach(operations::add));
    return operations;
  }
}

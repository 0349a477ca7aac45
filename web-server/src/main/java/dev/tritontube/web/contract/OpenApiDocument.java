package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The contract as one OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1), put together
/// from the files in `openapi/`: `openapi.yaml`, which names one file an area, and `problems.yaml`.
///
/// What follows from something else is not written in the files: the problems of an operation are
/// named by their codes, who may call it by a word, and that a HEAD goes with a GET by nothing.
public final class OpenApiDocument {
  private static final String FILES = "x-files";

  /// More than any file uses: anchors are how operations share what they have in common.
  private static final int MAX_ALIASES = 500;

  private final ObjectNode document;

  private OpenApiDocument(ObjectNode document) {
    this.document = document;
  }

  /// Puts the document together, anew each time.
  ///
  /// @throws IllegalStateException when a file names what is in none, or what another one has
  public static ObjectNode assemble() {
    ObjectNode document = yaml("openapi");
    JsonNode files = document.remove(FILES);
    files.forEach(file -> merge(document, yaml(file.asText())));
    new OpenApiDocument(document).complete();
    return document;
  }

  private void complete() {
    ObjectNode catalog = yaml("problems");
    document.set("x-problem-codes", catalog.get("codes"));
    Problems problems = new Problems(catalog, document.at("/components/headers"));
    AccessLevels levels = new AccessLevels(document.get(AccessLevels.FIELD));
    Operations operations = new Operations(levels, problems);
    document.withObject("paths").forEach(path -> operations.complete((ObjectNode) path));
    document.withObject("components").set("responses", problems.responses());
  }

  /// Adds paths, and components of every kind.
  private static void merge(ObjectNode document, ObjectNode file) {
    add(document.withObject("paths"), file.get("paths"));
    ObjectNode components = document.withObject("components");
    file.path("components")
        .properties()
        .forEach(kind -> add(components.withObjectProperty(kind.getKey()), kind.getValue()));
  }

  private static void add(ObjectNode target, JsonNode added) {
    for (Map.Entry<String, JsonNode> entry : added.properties()) {
      if (target.replace(entry.getKey(), entry.getValue()) != null) {
        throw new IllegalStateException("the contract has two of " + entry.getKey());
      }
    }
  }

  /// As a tree in which nothing is shared, so that one use of an anchor can be changed.
  private static ObjectNode yaml(String name) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    String path = "/openapi/" + name + ".yaml";
    try (InputStream bytes = OpenApiDocument.class.getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IllegalStateException("the contract names " + path + ", which is not there");
      }
      Object read = new Yaml(new SafeConstructor(options)).load(bytes);
      return new ObjectMapper().valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

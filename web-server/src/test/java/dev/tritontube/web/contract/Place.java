package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/// A node of the contract and where it is: references are followed.
///
/// @param pointer RFC 6901, from the root of the document
record Place(JsonNode document, String pointer) {
  JsonNode node() {
    return document.at(pointer);
  }

  boolean exists() {
    return !node().isMissingNode();
  }

  /// What is under a name.
  Place at(String name) {
    return new Place(document, pointer + "/" + name.replace("~", "~0").replace("/", "~1"))
        .followed();
  }

  private Place followed() {
    JsonNode reference = node().path("$ref");
    boolean alone = reference.isTextual() && node().size() == 1;
    return alone ? new Place(document, reference.asText().substring(1)).followed() : this;
  }

  /// Everything in an object, by its name.
  Stream<Map.Entry<String, Place>> entries() {
    return node().properties().stream().map(entry -> Map.entry(entry.getKey(), at(entry.getKey())));
  }

  /// Everything in a list.
  Stream<Place> elements() {
    return Stream.iterate(0, i -> i + 1).limit(node().size()).map(i -> at(Integer.toString(i)));
  }

  String text(String name) {
    return at(name).node().asText();
  }
}

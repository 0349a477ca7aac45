package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Values by chance: as a schema wants them, at its bounds, and as no schema does.
final class RandomValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Of which each pattern of the contract takes one.
  private static final List<String> WORDS =
      List.of(
          "ann",
          "sea",
          "holiday sea",
          "nvk3ixqm2h5e7zcd4ytj",
          "0123456789abcdef",
          "4f0e4a5e-9c0b-4b0e-8f57-3d1f0c9b2a11",
          "video/mp4",
          "/api/v1/events",
          "partial",
          "42",
          "correct horse battery",
          "sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

  private final RandomGenerator random;

  RandomValues(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A value that the schema takes, most of the time.
  JsonNode valid(Place schema) {
    if (schema.at("const").exists()) {
      return schema.at("const").node();
    }
    for (String choice : List.of("oneOf", "enum", "examples")) {
      List<Place> choices = schema.at(choice).elements().toList();
      boolean taken = !choice.equals("examples") || chance(0.5);
      if (!choices.isEmpty() && taken) {
        Place chosen = one(choices);
        return choice.equals("oneOf") ? valid(chosen) : chosen.node();
      }
    }
    return ofType(schema, type(schema));
  }

  private String type(Place schema) {
    Place type = schema.at("type");
    return type.node().isArray() ? one(Problems.words(type.node())) : type.node().asText();
  }

  private JsonNode ofType(Place schema, String type) {
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> integer(schema);
      case "number" -> DecimalNode.valueOf(BigDecimal.valueOf(random.nextInt(1000)));
      case "boolean" -> BooleanNode.valueOf(random.nextBoolean());
      case "null" -> NullNode.instance;
      default -> TextNode.valueOf(text(schema));
    };
  }

  private ObjectNode object(Place schema) {
    List<String> required = Problems.words(schema.at("required").node());
    ObjectNode object = JSON.objectNode();
    schema
        .at("properties")
        .entries()
        .filter(field -> required.contains(field.getKey()) || chance(0.5))
        .forEach(field -> object.set(field.getKey(), valid(field.getValue())));
    return object;
  }

  private ArrayNode array(Place schema) {
    int least = schema.at("minItems").node().asInt();
    int most = Math.min(5, schema.at("maxItems").node().asInt(5));
    ArrayNode array = JSON.arrayNode();
    IntStream.range(0, random.nextInt(least, most + 1))
        .forEach(_ -> array.add(valid(schema.at("items"))));
    return array;
  }

  /// At a bound every other time.
  private JsonNode integer(Place schema) {
    long least = schema.at("minimum").node().asLong(0);
    long most = schema.at("maximum").node().asLong(1_000_000);
    return LongNode.valueOf(
        switch (random.nextInt(4)) {
          case 0 -> least;
          case 1 -> most;
          default -> least + random.nextLong(Math.min(1000, most - least) + 1);
        });
  }

  private String text(Place schema) {
    if (schema.text("format").equals("date-time")) {
      return one(List.of("2099-01-31T12:00:00Z", "2026-01-31T12:00:00.123+02:00"));
    }
    int least = schema.at("minLength").node().asInt();
    int most = schema.at("maxLength").node().asInt(100);
    Pattern pattern = Pattern.compile(schema.text("pattern"));
    List<String> all = new ArrayList<>(WORDS);
    all.add("ä".repeat(Math.min(most, 20_000)));
    all.add("z".repeat(Math.max(1, least)));
    List<String> fit =
        all.stream()
            .filter(word -> word.length() >= least && word.length() <= most)
            .filter(word -> pattern.matcher(word).find())
            .toList();
    return fit.isEmpty() ? "x" : one(fit);
  }

  String nasty() {
    return one(chance(0.5) ? Nasty.TEXTS : Nasty.QUERIES);
  }

  /// A document of which something is wrong.
  JsonNode spoilt(JsonNode document) {
    if (!(document instanceof ObjectNode object) || object.isEmpty()) {
      return other();
    }
    ObjectNode spoilt = object.deepCopy();
    String field =
        one(List.copyOf(spoilt.properties()).stream().map(java.util.Map.Entry::getKey).toList());
    switch (random.nextInt(4)) {
      case 0 -> spoilt.remove(field);
      case 1 -> spoilt.set(one(List.of("x", "", "__proto__", "id", "owner", "role")), other());
      case 2 -> spoilt.set(field, spoilt(spoilt.get(field)));
      default -> spoilt.set(field, other());
    }
    return spoilt;
  }

  private JsonNode other() {
    return switch (random.nextInt(9)) {
      case 0 -> NullNode.instance;
      case 1 -> BooleanNode.valueOf(random.nextBoolean());
      case 2 -> LongNode.valueOf(random.nextLong());
      case 3 -> DecimalNode.valueOf(new BigDecimal("1.5e300"));
      case 4 -> LongNode.valueOf(-1);
      case 5 -> JSON.objectNode().set("a", JSON.arrayNode());
      case 6 -> many(JSON.arrayNode());
      default -> TextNode.valueOf(nasty());
    };
  }

  private ArrayNode many(ArrayNode array) {
    IntStream.range(0, one(List.of(0, 1, 31, 501))).forEach(i -> array.add("t" + i));
    return array;
  }
}

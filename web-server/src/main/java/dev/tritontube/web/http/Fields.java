package dev.tritontube.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The fields of a JSON body, of which only the named ones may be there.
public final class Fields {
  private final ObjectNode body;

  private Fields(ObjectNode body) {
    this.body = body;
  }

  /// @throws ProblemException 400 `unknown_field`
  public static Fields of(ObjectNode body, String... known) {
    Set<String> names = Set.of(known);
    for (String name : body.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!names.contains(name)) {
        throw new ProblemException(
            new Problem.BadRequest(
                "unknown_field", "There is no field '" + Printable.of(name) + "' here"));
      }
    }
    return new Fields(body);
  }

  /// @throws ProblemException 400 `bad_field` when it is not there
  public String text(String name) {
    return optional(name).orElseThrow(() -> bad("'" + name + "' is missing"));
  }

  public Optional<String> optional(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw bad("'" + name + "' is not a string");
    }
    return Optional.of(value.textValue());
  }

  public boolean has(String name) {
    return body.has(name);
  }

  /// The fields of an object.
  public Optional<Fields> object(String name, String... known) {
    JsonNode value = body.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof ObjectNode object)) {
      throw bad("'" + name + "' is an object");
    }
    return Optional.of(of(object, known));
  }

  /// A whole number of at least 0; empty for null.
  public OptionalLong amount(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw bad("'" + name + "' is a number of at least 0, or null");
    }
    return OptionalLong.of(value.longValue());
  }

  public Optional<Boolean> flag(String name) {
    JsonNode value = body.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw bad("'" + name + "' is true or false");
    }
    return Optional.of(value.booleanValue());
  }

  /// A whole number of at least 1.
  public OptionalLong count(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw bad("'" + name + "' is a whole number of at least 1");
    }
    return OptionalLong.of(value.longValue());
  }

  /// A number, as exact as a double; empty for null.
  public Optional<BigDecimal> decimal(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(decimal(name, value));
  }

  /// @param most how many there may be
  public List<BigDecimal> decimals(String name, int most) {
    JsonNode value = body.get(name);
    if (value == null || !value.isArray() || value.isEmpty() || value.size() > most) {
      throw bad("'" + name + "' is a list of 1 to " + most + " numbers");
    }
    List<BigDecimal> decimals = new ArrayList<>();
    value.forEach(element -> decimals.add(decimal(name, element)));
    return decimals;
  }

  private static BigDecimal decimal(String name, JsonNode value) {
    if (!value.isNumber() || Double.isInfinite(value.doubleValue())) {
      throw bad("'" + name + "' is not a number");
    }
    return BigDecimal.valueOf(value.doubleValue());
  }

  /// @param most how many there may be
  public List<String> texts(String name, int most) {
    JsonNode value = body.get(name);
    if (value == null || !value.isArray() || value.isEmpty() || value.size() > most) {
      throw bad("'" + name + "' is a list of 1 to " + most + " strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw bad("'" + name + "' is a list of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  public static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_field", detail));
  }
}

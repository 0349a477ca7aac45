package dev.tritontube.web.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Holds one exchange against the contract: the answer always, the request when it was granted. For
/// one thread.
public final class ExchangeCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "application/problem+json";

  private final Contract contract;
  private final Operation operation;
  private final Exchange exchange;
  private final List<String> complaints = new ArrayList<>();

  private ExchangeCheck(Contract contract, Operation operation, Exchange exchange) {
    this.contract = contract;
    this.operation = operation;
    this.exchange = exchange;
  }

  /// @return what is wrong, in no order; empty: nothing
  public static List<String> complaints(Contract contract, Exchange exchange) {
    Optional<Operation> operation =
        contract.operation(exchange.method(), exchange.uri().getRawPath());
    if (operation.isEmpty()) {
      return exchange.succeeded() && !exchange.method().equals("OPTIONS")
          ? List.of("it is in no operation of the contract, and was granted")
          : List.of();
    }
    ExchangeCheck check = new ExchangeCheck(contract, operation.get(), exchange);
    check.checkAnswer();
    if (exchange.succeeded()) {
      check.checkRequest();
    }
    return check.complaints;
  }

  /// @throws AssertionError when anything is wrong
  public static void require(Contract contract, Exchange exchange) {
    List<String> complaints = complaints(contract, exchange);
    if (!complaints.isEmpty()) {
      throw new AssertionError(exchange + " is not as in the contract: " + complaints);
    }
  }

  private void complain(String what, String complaint) {
    if (!complaint.isEmpty()) {
      complaints.add(what + ": " + complaint);
    }
  }

  private void checkAnswer() {
    Place answer = operation.place().at("responses").at(Integer.toString(exchange.status()));
    if (!answer.exists()) {
      complain("status " + exchange.status(), "is in no answer of " + operation);
      return;
    }
    checkHeaders(answer.at("headers"));
    if (exchange.received().length > 0) {
      checkBody(answer.at("content"));
    }
  }

  private void checkHeaders(Place headers) {
    Map<String, Place> known =
        headers
            .entries()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    known.forEach(
        (name, header) -> {
          Optional<String> value = exchange.told().firstValue(name);
          if (value.isPresent()) {
            Place schema = header.at("schema");
            complain(name, contract.complaint(schema, typed(schema, value.get())));
          } else if (header.at("required").node().asBoolean()) {
            complain(name, "is missing");
          }
        });
    Set<String> others = new TreeSet<>(exchange.told().map().keySet());
    others.removeAll(known.keySet());
    contract
        .root()
        .at("x-common-headers")
        .entries()
        .forEach(entry -> others.remove(entry.getKey().toLowerCase(Locale.ROOT)));
    others.removeAll(Set.of("content-type", ":status"));
    complain("headers", others.isEmpty() ? "" : others + " are not in the contract");
  }

  private void checkBody(Place content) {
    String type = mediaType(exchange.told());
    Optional<Place> described = described(content, type);
    if (described.isEmpty()) {
      complain("a body of " + type, "is in no answer of " + operation);
      return;
    }
    if (type.endsWith("json")) {
      JsonNode body = json("the answer", exchange.received());
      complain("the answer", contract.complaint(described.get().at("schema"), body));
      if (type.equals(PROBLEM)) {
        checkProblem(body.path("code").asText());
      }
    }
  }

  private void checkProblem(String code) {
    contract
        .root()
        .at("x-problem-codes")
        .at(code)
        .at("headers")
        .elements()
        .map(header -> header.node().asText())
        .filter(header -> exchange.told().firstValue(header).isEmpty())
        .forEach(header -> complain(header, "is missing beside " + code));
  }

  private void checkRequest() {
    checkQuery();
    operation
        .parameters("header")
        .forEach(
            parameter ->
                exchange
                    .asked()
                    .firstValue(parameter.text("name"))
                    .ifPresentOrElse(
                        value -> check(parameter, value), () -> requireOptional(parameter)));
    checkPath();
    if (exchange.sent().length > 0 && operation.hasBody()) {
      checkSent(operation.place().at("requestBody").at("content"));
    }
  }

  private void check(Place parameter, String value) {
    Place schema = parameter.at("schema");
    complain(
        "parameter " + parameter.text("name"), contract.complaint(schema, typed(schema, value)));
  }

  private void requireOptional(Place parameter) {
    if (parameter.at("required").node().asBoolean()) {
      complain("parameter " + parameter.text("name"), "is missing, and it was granted");
    }
  }

  private void checkQuery() {
    Map<String, String> query = query(exchange.uri().getRawQuery());
    operation
        .parameters("query")
        .forEach(
            parameter -> {
              String value = query.remove(parameter.text("name"));
              if (value != null) {
                check(parameter, value);
              }
            });
    boolean known = query.isEmpty() || operation.allowsOtherParameters();
    complain("parameters", known ? "" : query.keySet() + " are not in the contract");
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(
          URLDecoder.decode(parts[0], UTF_8),
          parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  private void checkPath() {
    String[] names = operation.path().split("/", -1);
    String[] values = exchange.uri().getRawPath().split("/", -1);
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      String value = values[i];
      operation
          .parameters("path")
          .filter(parameter -> name.equals("{" + parameter.text("name") + "}"))
          .forEach(parameter -> check(parameter, URLDecoder.decode(value, UTF_8)));
    }
  }

  private void checkSent(Place content) {
    String type = mediaType(exchange.asked());
    if (!type.isEmpty() && described(content, type).isEmpty()) {
      complain("a body of " + type, "is none that " + operation + " takes, and it was granted");
    }
    Place json = content.at("application/json");
    boolean another = !type.endsWith("json") && described(content, type).isPresent();
    if (json.exists() && !another) {
      complain(
          "the body", contract.complaint(json.at("schema"), json("the body", exchange.sent())));
    }
  }

  private static Optional<Place> described(Place content, String type) {
    String range = type.split("/", 2)[0] + "/*";
    return List.of(type, range, "*/*").stream().map(content::at).filter(Place::exists).findFirst();
  }

  private JsonNode json(String what, byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      complain(what, "is no JSON");
      return JSON.nullNode();
    }
  }

  /// Without its parameters.
  private static String mediaType(HttpHeaders headers) {
    return headers
        .firstValue("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /// Text of a header or an address as the schema wants it.
  private static JsonNode typed(Place schema, String text) {
    try {
      return switch (schema.at("type").node().asText()) {
        case "integer" -> LongNode.valueOf(Long.parseLong(text));
        case "number" -> DoubleNode.valueOf(Double.parseDouble(text));
        case "boolean" ->
            text.matches("true|false") ? BooleanNode.valueOf(text.equals("true")) : text(text);
        default -> text(text);
      };
    } catch (NumberFormatException _) {
      return text(text);
    }
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }
}

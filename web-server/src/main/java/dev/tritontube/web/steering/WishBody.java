package dev.tritontube.web.steering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.proto.reach.HostPort;
import dev.tritontube.web.catalog.PlainText;
import dev.tritontube.web.cluster.LayoutChanges.Terms;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import dev.tritontube.web.http.Fields;
import dev.tritontube.web.http.ProblemException;
import java.time.Duration;
import java.util.Optional;

/// What an administrator wants, as a JSON body: `{"action": "add", "address", "zone", "weight"}`,
/// `{"action": "drain", "node"}` or `{"action": "remove", "node", "force"}`, each with `ifEpoch`.
record WishBody(Wish wish, Terms terms) {
  private static final int MAX_TEXT = 255;
  private static final String IF_EPOCH = "ifEpoch";

  /// How long a node that is added may take to answer. The client asks again.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// @throws ProblemException 400 `bad_field`, `unknown_field`
  static WishBody of(ObjectNode body) {
    String action = body.path("action").asText();
    return switch (action) {
      case "add" -> with(Fields.of(body, "action", "address", "zone", "weight", IF_EPOCH), action);
      case "drain" -> with(Fields.of(body, "action", "node", IF_EPOCH), action);
      case "remove" -> with(Fields.of(body, "action", "node", "force", IF_EPOCH), action);
      default -> throw Fields.bad("'action' is add, drain or remove");
    };
  }

  private static WishBody with(Fields fields, String action) {
    Wish wish =
        switch (action) {
          case "add" -> new Wish.Add(address(fields), text(fields, "zone"), fields.count("weight"));
          case "drain" -> new Wish.Drain(node(fields));
          default -> new Wish.Remove(node(fields), fields.flag("force").orElse(false));
        };
    return new WishBody(wish, new Terms(fields.count(IF_EPOCH), PATIENCE));
  }

  private static String node(Fields fields) {
    return text(fields, "node").orElseThrow(() -> Fields.bad("'node' is missing"));
  }

  private static String address(Fields fields) {
    try {
      return HostPort.parse(fields.text("address").strip()).toString();
    } catch (IllegalArgumentException _) {
      throw Fields.bad("'address' is HOST:PORT");
    }
  }

  private static Optional<String> text(Fields fields, String name) {
    Optional<String> text = fields.optional(name);
    if (text.filter(value -> !isFit(value)).isPresent()) {
      throw Fields.bad("'" + name + "' has 1 to " + MAX_TEXT + " characters, none for control");
    }
    return text;
  }

  private static boolean isFit(String text) {
    return !text.isBlank()
        && text.length() <= MAX_TEXT
        && text.codePoints().allMatch(PlainText::isPlain);
  }

  /// As it is written down.
  String remark() {
    String planned = terms.ifEpoch().isPresent() ? " at epoch " + terms.ifEpoch().getAsLong() : "";
    return switch (wish) {
      case Wish.Add(String address, var zone, var weight) ->
          "add "
              + address
              + zone.map(name -> " zone " + name).orElse("")
              + (weight.isPresent() ? " weight " + weight.getAsLong() : "")
              + planned;
      case Wish.Drain(String node) -> "drain " + node + planned;
      case Wish.Remove(String node, boolean forced) ->
          "remove " + node + (forced ? " by force" : "") + planned;
    };
  }
}

package dev.tritontube.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;

/// Who may call operations: what each word for it says, and what follows from it.
final class AccessLevels {
  /// Where the document has them.
  static final String FIELD = "x-access-levels";

  /// Where an operation has its word.
  static final String WORD = "x-access";

  private final JsonNode levels;

  AccessLevels(JsonNode levels) {
    this.levels = levels;
  }

  /// Adds to an operation how one shows who one is, and says who may.
  ///
  /// @return the codes of problems that follow
  List<String> apply(ObjectNode operation) {
    JsonNode level = level(operation.path(WORD).asText());
    operation.set("security", level.get("security"));
    String description = operation.path("description").asText().strip();
    operation.put(
        "description", (description + "\n\n**Who may:** " + level.get("says").asText()).strip());
    return Problems.words(level.path("problems"));
  }

  private JsonNode level(String word) {
    return Objects.requireNonNull(levels.get(word), () -> "there is no access level " + word);
  }
}

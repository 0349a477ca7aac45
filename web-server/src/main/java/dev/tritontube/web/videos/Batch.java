package dev.tritontube.web.videos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One thing to be done with many videos.
///
/// @param ids as they came, each once
record Batch(List<String> ids, Action action) {
  private static final int MAX_VIDEOS = 500;
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "delete", Set.of("purge"),
          "restore", Set.of(),
          "tag", Set.of("add", "remove"),
          "visibility", Set.of("visibility"));

  /// What is done with each.
  sealed interface Action {
    record Delete(boolean purge) implements Action {}

    record Restore() implements Action {}

    /// Changes what is written about it.
    record Tag(List<String> add, List<String> remove) implements Action {}

    record Show(Visibility visibility) implements Action {}
  }

  /// @throws ProblemException 400 `unknown_field`, `bad_field`
  static Batch of(ObjectNode body) {
    String action = body.path("action").asText();
    Set<String> fields = FIELDS.get(action);
    if (fields == null) {
      throw bad("'action' is delete, restore, tag or visibility");
    }
    body.propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !fields.contains(name) && !Set.of("action", "ids").contains(name))
        .findFirst()
        .ifPresent(Batch::refuse);
    return new Batch(ids(body), action(action, body));
  }

  private static void refuse(String field) {
    throw new ProblemException(
        new Problem.BadRequest(
            "unknown_field", "There is no field '" + Printable.of(field) + "' of this action"));
  }

  private static Action action(String word, ObjectNode body) {
    return switch (word) {
      case "delete" -> new Action.Delete(purge(body));
      case "restore" -> new Action.Restore();
      case "tag" -> new Action.Tag(strings(body, "add"), strings(body, "remove"));
      default ->
          new Action.Show(
              Visibility.parse(body.path("visibility").asText())
                  .orElseThrow(() -> bad("'visibility' is public, unlisted or private")));
    };
  }

  private static boolean purge(ObjectNode body) {
    JsonNode purge = body.path("purge");
    if (!purge.isMissingNode() && !purge.isBoolean()) {
      throw bad("'purge' is true or false");
    }
    return purge.asBoolean();
  }

  private static List<String> ids(ObjectNode body) {
    List<String> ids = strings(body, "ids");
    if (ids.isEmpty() || ids.size() > MAX_VIDEOS || Set.copyOf(ids).size() != ids.size()) {
      throw bad("'ids' is a list of 1 to " + MAX_VIDEOS + " ids, each once");
    }
    return ids;
  }

  private static List<String> strings(ObjectNode body, String name) {
    JsonNode values = body.path(name);
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isTextual()) {
        texts.add(value.textValue());
      }
    }
    if (!values.isMissingNode() && (!values.isArray() || texts.size() != values.size())) {
      throw bad("'" + name + "' is a list of strings");
    }
    return texts;
  }

  /// @throws ProblemException 400 `bad_field`, such as for too many tags
  static VideoDetails tagged(VideoDetails before, Action.Tag tags) {
    Set<String> all = new LinkedHashSet<>(before.tags());
    tags.remove().forEach(all::remove);
    tags.add().forEach(tag -> all.add(tag.strip()));
    return written(before, List.copyOf(all), before.visibility());
  }

  static VideoDetails shown(VideoDetails before, Action.Show show) {
    return written(before, before.tags(), show.visibility());
  }

  private static VideoDetails written(
      VideoDetails before, List<String> tags, Visibility visibility) {
    try {
      return VideoDetails.written(before.title(), before.description(), tags, visibility);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_field", detail));
  }
}

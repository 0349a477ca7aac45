package dev.tritontube.web.videos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.http.Printable;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a PATCH changes: the fields that are in its body, and no others.
record VideoEdit(
    @Nullable String title,
    @Nullable String description,
    @Nullable List<String> tags,
    @Nullable Visibility visibility,
    @Nullable Expiry expiry) {

  private static final Set<String> FIELDS =
      Set.of("title", "description", "tags", "visibility", "expiresAt");

  /// @param at null: never
  record Expiry(@Nullable Instant at) {}

  /// @throws ProblemException 400 `unknown_field`, `bad_field`
  static VideoEdit of(ObjectNode body) {
    for (String name : body.propertyStream().map(java.util.Map.Entry::getKey).toList()) {
      if (!FIELDS.contains(name)) {
        throw new ProblemException(
            new Problem.BadRequest(
                "unknown_field",
                "There is no field '" + Printable.of(name) + "' that can be changed"));
      }
    }
    return new VideoEdit(
        text(body, "title"), text(body, "description"), tags(body), visibility(body), expiry(body));
  }

  /// @throws ProblemException 400 `bad_field`
  Video applyTo(Video before, Instant now) {
    Video after = before.with(applyTo(before.details()));
    if (expiry == null) {
      return after;
    }
    if (expiry.at() != null && !expiry.at().isAfter(now)) {
      throw bad("'expiresAt' is in the past");
    }
    return after.expiring(expiry.at());
  }

  private VideoDetails applyTo(VideoDetails before) {
    try {
      return VideoDetails.written(
          title == null ? before.title() : title.strip(),
          description == null ? before.description() : description,
          tags == null ? before.tags() : tags,
          visibility == null ? before.visibility() : visibility);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String text(ObjectNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null) {
      return null;
    }
    return string(value, name);
  }

  private static @Nullable List<String> tags(ObjectNode body) {
    JsonNode value = body.get("tags");
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      throw bad("'tags' is a list of strings");
    }
    List<String> tags = new ArrayList<>();
    value.forEach(tag -> tags.add(string(tag, "tags").strip()));
    return tags;
  }

  private static @Nullable Visibility visibility(ObjectNode body) {
    JsonNode value = body.get("visibility");
    if (value == null) {
      return null;
    }
    return Visibility.parse(string(value, "visibility"))
        .orElseThrow(() -> bad("'visibility' is public, unlisted or private"));
  }

  private static @Nullable Expiry expiry(ObjectNode body) {
    JsonNode value = body.get("expiresAt");
    if (value == null) {
      return null;
    }
    return new Expiry(
        value.isNull()
            ? null
            : Times.parse(string(value, "expiresAt"))
                .orElseThrow(
                    () -> bad("'expiresAt' is a time like 2026-01-31T12:00:00Z, or null")));
  }

  private static String string(JsonNode value, String name) {
    if (!value.isTextual()) {
      throw bad("'" + name + "' is not a string");
    }
    return value.textValue();
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(new Problem.BadRequest("bad_field", detail));
  }
}

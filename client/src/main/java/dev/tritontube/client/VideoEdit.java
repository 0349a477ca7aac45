package dev.tritontube.client;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is changed of a video; the rest stays. Immutable: each method gives another edit.
///
/// ```java
/// VideoEdit.none().title("Harbour").tags(List.of("sea", "night"))
/// ```
public final class VideoEdit {
  private static final VideoEdit NONE = new VideoEdit(Map.of());

  private final Map<String, @Nullable Object> fields;

  private VideoEdit(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /// Changes nothing.
  public static VideoEdit none() {
    return NONE;
  }

  public VideoEdit title(String title) {
    return with("title", title);
  }

  public VideoEdit description(String description) {
    return with("description", description);
  }

  /// @param tags in place of those that it has
  public VideoEdit tags(List<String> tags) {
    return with("tags", List.copyOf(tags));
  }

  public VideoEdit visibility(Visibility visibility) {
    return with("visibility", visibility.word());
  }

  /// The video deletes itself.
  public VideoEdit expiresAt(Instant time) {
    return with("expiresAt", time.toString());
  }

  public VideoEdit neverExpires() {
    return with("expiresAt", null);
  }

  private VideoEdit with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new VideoEdit(more);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  Map<String, @Nullable Object> fields() {
    return Collections.unmodifiableMap(fields);
  }
}

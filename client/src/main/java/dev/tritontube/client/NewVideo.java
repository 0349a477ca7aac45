package dev.tritontube.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is said of a video that is uploaded; what is null is left to the server: the file's name
/// for the title, nothing else, for everybody to see.
public record NewVideo(
    @Nullable String title,
    @Nullable String description,
    @Nullable List<String> tags,
    @Nullable Visibility visibility) {

  private static final NewVideo UNTITLED = new NewVideo(null, null, null, null);

  public NewVideo {
    tags = tags == null ? null : List.copyOf(tags);
  }

  /// Says nothing.
  public static NewVideo untitled() {
    return UNTITLED;
  }

  public static NewVideo titled(String title) {
    return new NewVideo(title, null, null, null);
  }

  public NewVideo withDescription(String text) {
    return new NewVideo(title, text, tags, visibility);
  }

  public NewVideo withTags(String... some) {
    return new NewVideo(title, description, List.of(some), visibility);
  }

  public NewVideo withVisibility(Visibility whom) {
    return new NewVideo(title, description, tags, whom);
  }

  /// As the server takes it with an upload.
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    if (visibility != null) {
      fields.put("visibility", visibility.word());
    }
    if (title != null) {
      fields.put("title", title);
    }
    if (tags != null && !tags.isEmpty()) {
      fields.put("tags", String.join(",", tags));
    }
    if (description != null) {
      fields.put("description", description);
    }
    return fields;
  }

  /// What is lacking of all this: what had no room in a header, has commas in tags, or is another
  /// wish than that with which the upload began.
  VideoEdit lackingOf(Video video) {
    VideoEdit edit = VideoEdit.none();
    if (title != null && !title.strip().equals(video.title())) {
      edit = edit.title(title);
    }
    if (description != null && !description.equals(video.description())) {
      edit = edit.description(description);
    }
    if (tags != null && !tags.stream().map(String::strip).toList().equals(video.tags())) {
      edit = edit.tags(tags);
    }
    return visibility == null || Objects.equals(visibility, video.visibility())
        ? edit
        : edit.visibility(visibility);
  }
}

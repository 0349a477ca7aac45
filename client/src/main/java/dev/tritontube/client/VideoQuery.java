package dev.tritontube.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Which videos are listed, and in which order. Immutable: each method gives another query, which
/// asks for more.
///
/// ```java
/// VideoQuery.all().matching("harbour night").taggedWith("sea").sortedBy(Sort.LONGEST)
/// ```
public final class VideoQuery {
  private static final VideoQuery ALL = new VideoQuery(Map.of());

  private final Map<String, String> parameters;

  private VideoQuery(Map<String, String> parameters) {
    this.parameters = Map.copyOf(parameters);
  }

  /// Everything that the caller may see, the newest first.
  public static VideoQuery all() {
    return ALL;
  }

  /// Orders of a list.
  public enum Sort {
    NEWEST("-createdAt"),
    OLDEST("createdAt"),
    TITLE("title"),
    TITLE_BACKWARDS("-title"),
    SHORTEST("durationSeconds"),
    LONGEST("-durationSeconds"),
    SMALLEST("sizeBytes"),
    LARGEST("-sizeBytes");

    private final String word;

    Sort(String word) {
      this.word = word;
    }
  }

  /// With all these words in title, description, tags or the owner's name.
  public VideoQuery matching(String words) {
    return with("q", words);
  }

  public VideoQuery inStatus(VideoStatus status) {
    return with("status", status.name());
  }

  public VideoQuery shownTo(Visibility visibility) {
    return with("visibility", visibility.word());
  }

  /// @param user an id or a name
  public VideoQuery ownedBy(String user) {
    return with("owner", user);
  }

  public VideoQuery taggedWith(String tag) {
    return with("tag", tag);
  }

  public VideoQuery createdAfter(Instant time) {
    return with("createdAfter", time.toString());
  }

  public VideoQuery createdBefore(Instant time) {
    return with("createdBefore", time.toString());
  }

  public VideoQuery atLeast(Duration length) {
    return with("minDuration", seconds(length));
  }

  public VideoQuery atMost(Duration length) {
    return with("maxDuration", seconds(length));
  }

  private static String seconds(Duration length) {
    return Double.toString(length.toMillis() / 1000.0);
  }

  public VideoQuery sortedBy(Sort order) {
    return with("sort", order.word);
  }

  /// Also what is deleted and can be restored, of one's own.
  public VideoQuery deletedToo() {
    return with("include", "deleted");
  }

  /// How many come with one request; the server takes 1 to 100.
  public VideoQuery pagesOf(int videos) {
    return with("limit", Integer.toString(videos));
  }

  VideoQuery from(String cursor) {
    return with("cursor", cursor);
  }

  private VideoQuery with(String name, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new VideoQuery(more);
  }

  Map<String, String> parameters() {
    return new TreeMap<>(parameters);
  }
}

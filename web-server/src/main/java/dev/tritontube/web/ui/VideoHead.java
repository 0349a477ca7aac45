package dev.tritontube.web.ui;

import com.google.common.html.HtmlEscapers;
import dev.tritontube.web.videos.VideoDocument;
import java.util.ArrayList;
import java.util.List;

/// What the page of a video says of it before any script runs: to search engines, and to those that
/// show a link as a card (the Open Graph protocol, <https://ogp.me>). Of a video that everybody may
/// see who has its address. Not thread-safe.
final class VideoHead {
  private static final String SITE = "TritonTube";

  /// What services show of a description, about.
  private static final int DESCRIPTION_CHARACTERS = 300;

  private final VideoDocument video;
  private final String origin;
  private final List<String> tags = new ArrayList<>();

  private VideoHead(VideoDocument video, String origin) {
    this.video = video;
    this.origin = origin;
  }

  /// HTML, with every word of the video as text.
  ///
  /// @param origin where this site is, such as `https://tube.example`
  static String html(VideoDocument video, String origin) {
    return new VideoHead(video, origin).html();
  }

  private String html() {
    String address = origin + "/watch/" + video.id();
    tags.add("<title>" + escaped(video.title()) + " - " + SITE + "</title>");
    tags.add("<link rel=\"canonical\" href=\"" + escaped(address) + "\" />");
    if (!video.visibility().equals("public")) {
      name("robots", "noindex");
    }
    property("og:site_name", SITE);
    property("og:type", "video.other");
    property("og:title", video.title());
    property("og:url", address);
    String description = shortened(video.description());
    if (!description.isEmpty()) {
      name("description", description);
      property("og:description", description);
    }
    picture();
    film();
    return String.join("\n    ", tags);
  }

  private void picture() {
    String poster = video.links().poster();
    if (poster == null) {
      name("twitter:card", "summary");
      return;
    }
    name("twitter:card", "summary_large_image");
    property("og:image", origin + poster);
    property("og:image:type", "image/jpeg");
    property("og:image:alt", video.title());
  }

  /// The player that may be shown within a page of somebody else.
  private void film() {
    if (!video.playable()) {
      return;
    }
    property("og:video", origin + "/embed/" + video.id());
    property("og:video:type", "text/html");
    Integer width = video.width();
    Integer height = video.height();
    if (width != null && height != null) {
      property("og:video:width", width.toString());
      property("og:video:height", height.toString());
    }
    Double seconds = video.durationSeconds();
    if (seconds != null) {
      property("video:duration", String.valueOf(Math.max(1, Math.round(seconds))));
    }
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end = Math.min(DESCRIPTION_CHARACTERS, line.codePointCount(0, line.length()));
    String beginning = line.substring(0, line.offsetByCodePoints(0, end));
    return beginning.equals(line) ? line : beginning.stripTrailing() + "…";
  }

  private void property(String property, String content) {
    meta("property", property, content);
  }

  private void name(String name, String content) {
    meta("name", name, content);
  }

  private void meta(String kind, String what, String content) {
    tags.add("<meta " + kind + "=\"" + what + "\" content=\"" + escaped(content) + "\" />");
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}

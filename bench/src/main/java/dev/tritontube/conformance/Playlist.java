package dev.tritontube.conformance;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The lines of an HLS playlist (RFC 8216, 4.1).
record Playlist(URI address, String firstLine, List<Line> lines) {
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,\"]*)");

  Playlist {
    lines = List.copyOf(lines);
  }

  sealed interface Line {}

  /// @param value what follows the colon
  record Tag(String name, String value) implements Line {
    /// Of an attribute list; quotes are taken off.
    Map<String, String> attributes() {
      Map<String, String> attributes = new HashMap<>();
      Matcher matcher = ATTRIBUTE.matcher(value);
      while (matcher.find()) {
        attributes.put(matcher.group(1), matcher.group(2).replace("\"", ""));
      }
      return attributes;
    }

    /// Empty if there is none.
    String attribute(String name) {
      return attributes().getOrDefault(name, "");
    }

    double number(String name) {
      return Playlists.number(attribute(name));
    }
  }

  /// An address, resolved.
  record Reference(URI address) implements Line {}

  static Playlist read(URI address, String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().skip(1).toList()) {
      if (line.startsWith("#EXT")) {
        String[] parts = line.substring(1).split(":", 2);
        lines.add(new Tag(parts[0], parts.length == 1 ? "" : parts[1]));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(new Reference(address.resolve(line)));
      }
    }
    return new Playlist(address, text.lines().findFirst().orElse(""), lines);
  }

  Stream<Tag> tags() {
    return lines.stream().filter(Tag.class::isInstance).map(Tag.class::cast);
  }

  List<Tag> tags(String name) {
    return tags().filter(tag -> tag.name().equals(name)).toList();
  }

  /// The value of the first tag of this name.
  Optional<String> value(String name) {
    return tags(name).stream().map(Tag::value).findFirst();
  }
}

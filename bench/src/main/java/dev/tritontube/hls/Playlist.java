package dev.tritontube.hls;

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
public record Playlist(URI address, String firstLine, List<Line> lines) {
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,\"]*)");

  public Playlist {
    lines = List.copyOf(lines);
  }

  public sealed interface Line {}

  /// @param value what follows the colon
  public record Tag(String name, String value) implements Line {
    /// Of an attribute list; quotes are taken off.
    public Map<String, String> attributes() {
      Map<String, String> attributes = new HashMap<>();
      Matcher matcher = ATTRIBUTE.matcher(value);
      while (matcher.find()) {
        attributes.put(matcher.group(1), matcher.group(2).replace("\"", ""));
      }
      return attributes;
    }

    /// Empty if there is none.
    public String attribute(String name) {
      return attributes().getOrDefault(name, "");
    }
  }

  /// An address, resolved.
  public record Reference(URI address) implements Line {}

  public static Playlist read(URI address, String text) {
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

  /// All that it refers to, in attributes too, in order.
  public List<URI> references() {
    List<URI> references = new ArrayList<>();
    for (Line line : lines) {
      switch (line) {
        case Reference(URI reference) -> references.add(reference);
        case Tag tag when !tag.attribute("URI").isEmpty() ->
            references.add(address.resolve(tag.attribute("URI")));
        case Tag _ -> {}
      }
    }
    return references;
  }

  public Stream<Tag> tags() {
    return lines.stream().filter(Tag.class::isInstance).map(Tag.class::cast);
  }

  public List<Tag> tags(String name) {
    return tags().filter(tag -> tag.name().equals(name)).toList();
  }

  /// The value of the first tag of this name.
  public Optional<String> value(String name) {
    return tags(name).stream().map(Tag::value).findFirst();
  }
}

package dev.tritontube.conformance;

/// Something that is not as a rule wants it.
///
/// @param where a file, or what of it
public record Finding(Rule rule, String where, String expected, String found) {
  String words() {
    return "%s: expected %s, found %s".formatted(where, expected, found);
  }

  @Override
  public String toString() {
    return rule.id() + ": " + words();
  }
}

package dev.tritontube.web.packaging;

/// What comes of asking for a rendition as a file.
public sealed interface RenditionAnswer {
  record Whole(RenditionFile file) implements RenditionAnswer {}

  /// Some of it is still to be made.
  record NotWhole() implements RenditionAnswer {}

  /// There is none of this name, or no sound in the language.
  record Unknown() implements RenditionAnswer {}
}

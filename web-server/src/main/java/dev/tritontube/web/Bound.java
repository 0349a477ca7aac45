package dev.tritontube.web;

import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;

/// A size as people write it, a plain number included, or `none`.
final class Bound implements ITypeConverter<OptionalLong> {
  @Override
  public OptionalLong convert(String text) {
    return text.strip().equalsIgnoreCase("none")
        ? OptionalLong.empty()
        : OptionalLong.of(new ByteSize().convert(text));
  }
}

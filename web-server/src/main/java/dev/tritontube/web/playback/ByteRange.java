package dev.tritontube.web.playback;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a `Range` header selects (RFC 9110, section 14).
sealed interface ByteRange {
  /// Everything: there is no range, it is not one of bytes, or there are several, which a server
  /// may ignore.
  record Whole() implements ByteRange {}

  /// From the first to the last byte, both included.
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /// Not one byte that exists.
  record Unsatisfiable() implements ByteRange {}

  Pattern FORM = Pattern.compile("(?i)bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");
  Pattern SET = Pattern.compile("(?i)bytes\\s*=[\\d\\s-]*(,[\\d\\s-]*)+");

  /// @param header the header's value, if there is one
  /// @param size of what the range is of
  static ByteRange of(Optional<String> header, long size) {
    if (header.isEmpty() || !header.get().regionMatches(true, 0, "bytes", 0, 5)) {
      return new Whole();
    }
    Matcher form = FORM.matcher(header.get().strip());
    if (form.matches()) {
      return of(form.group(1), form.group(2), size);
    }
    return SET.matcher(header.get().strip()).matches() ? new Whole() : new Unsatisfiable();
  }

  private static ByteRange of(String first, String last, long size) {
    if (first.isEmpty()) {
      return last.isEmpty() ? new Unsatisfiable() : suffix(number(last), size);
    }
    long from = number(first);
    long to = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
    return from >= size || from > to ? new Unsatisfiable() : new Part(from, to);
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  /// However many digits it has: what is beyond every content is as good as the largest number.
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}

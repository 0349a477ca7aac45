package dev.tritontube.manifests.text;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A file of words over time that somebody wrote, WebVTT or SubRip: what it is wins over what it is
/// called.
public final class TextFile {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /// Which are written with it, and with no other code page. Bytes alone do not tell code pages
  /// apart; the language does.
  private static final Set<String> WESTERN =
      Set.of(
          "af", "br", "ca", "da", "de", "en", "es", "et", "eu", "fi", "fo", "fr", "fy", "ga", "gd",
          "gl", "is", "it", "lb", "nb", "nl", "nn", "no", "oc", "pt", "rm", "sv", "sw");

  /// Which bytes are no characters of it.
  private static final String UNUSED = "\u0081\u008d\u008f\u0090\u009d";

  private TextFile() {}

  /// @param language in which it is, a tag of BCP 47
  /// @throws MalformedTextException when it is neither, or not all of it makes sense, or there is
  ///   no cue in it
  public static Cues read(byte[] file, String language) throws MalformedTextException {
    String text = decoded(file, language);
    Cues cues =
        WebVtt.is(text) ? WebVtt.read(text, Manner.STRICT) : SubRip.read(text, Manner.STRICT);
    if (cues.isEmpty()) {
      throw new MalformedTextException("There is no cue in it, of WebVTT or of SubRip");
    }
    return cues;
  }

  private static String decoded(byte[] file, String language) throws MalformedTextException {
    Optional<String> unicode = decoded(file, marked(file) ? UTF_16 : UTF_8);
    if (unicode.isPresent()) {
      String text = unicode.get();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
    return western(file, language)
        .orElseThrow(
            () ->
                new MalformedTextException(
                    "It is not in UTF-8, nor, for what is in '%s', in windows-1252"
                        .formatted(language)));
  }

  private static boolean marked(byte[] file) {
    int mark = file.length < 2 ? 0 : (file[0] & 0xff) << 8 | file[1] & 0xff;
    return mark == 0xfeff || mark == 0xfffe;
  }

  private static Optional<String> decoded(byte[] file, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// Of SubRip alone: WebVTT is always in UTF-8.
  private static Optional<String> western(byte[] file, String language) {
    if (!WESTERN.contains(Locale.forLanguageTag(language).getLanguage())) {
      return Optional.empty();
    }
    return decoded(file, WINDOWS_1252)
        .filter(text -> text.chars().noneMatch(TextFile::foreign))
        .filter(text -> !WebVtt.is(text));
  }

  private static boolean foreign(int character) {
    return character == '\ufffd'
        || UNUSED.indexOf(character) >= 0
        || (character < ' ' && "\t\r\n".indexOf(character) < 0);
  }
}

package dev.tritontube.manifests.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a cue stands (WebVTT, 4.4): read, held within bounds, and written in one order. What makes
/// no sense is left out, as players do; regions are, since they are not passed on.
final class Settings {
  private static final String PERCENT = "(?:100(?:\\.0{1,4})?|\\d{1,2}(?:\\.\\d{1,4})?)%";

  /// In the order in which they are written.
  private static final Map<String, Pattern> FORMS = forms();

  private Settings() {}

  private static Map<String, Pattern> forms() {
    Map<String, Pattern> forms = new LinkedHashMap<>();
    forms.put("vertical", Pattern.compile("rl|lr"));
    forms.put("line", Pattern.compile("(?:-?\\d{1,4}|" + PERCENT + ")(?:,(?:start|center|end))?"));
    forms.put("position", Pattern.compile(PERCENT + "(?:,(?:line-left|center|line-right))?"));
    forms.put("size", Pattern.compile(PERCENT));
    forms.put("align", Pattern.compile("start|center|end|left|right"));
    return forms;
  }

  /// @param given what stands behind the times of a cue
  static String of(String given) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String setting : given.strip().split("\\s+")) {
      int colon = setting.indexOf(':');
      if (colon > 0) {
        String name = setting.substring(0, colon);
        // As it was called in drafts.
        String value = setting.substring(colon + 1).replaceFirst("^middle$", "center");
        Pattern form = FORMS.get(name);
        if (form != null && form.matcher(value).matches()) {
          kept.put(name, value);
        }
      }
    }
    StringBuilder written = new StringBuilder();
    for (String name : FORMS.keySet()) {
      if (kept.containsKey(name)) {
        written
            .append(written.isEmpty() ? "" : " ")
            .append(name)
            .append(':')
            .append(kept.get(name));
      }
    }
    return written.toString();
  }
}

package dev.tritontube.conformance;

import dev.tritontube.conformance.HlsChecks.Rendition;
import dev.tritontube.hls.Playlist.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at the groups of renditions of a multivariant playlist.
final class RenditionChecks {
  private static final List<String> REQUIRED = List.of("TYPE", "GROUP-ID", "NAME", "URI");

  private final Findings findings;
  private final String where;

  RenditionChecks(Findings findings, String where) {
    this.findings = findings;
    this.where = where;
  }

  void check(Map<String, List<Rendition>> groups) {
    groups.forEach((name, group) -> check(where + ", group " + name, group));
  }

  private void check(String group, List<Rendition> renditions) {
    Set<String> names = new HashSet<>();
    int defaults = 0;
    for (Rendition rendition : renditions) {
      Tag tag = rendition.tag();
      for (String attribute : REQUIRED) {
        boolean given = !tag.attribute(attribute).isEmpty();
        findings.expect(given, Rule.HLS_RENDITIONS, group, attribute, "none");
      }
      String name = tag.attribute("NAME");
      findings.expect(names.add(name), Rule.HLS_RENDITIONS, group, "distinct names", name);
      String language = tag.attribute("LANGUAGE");
      findings.expect(
          language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"),
          Rule.HLS_LANGUAGE,
          group + ", " + name,
          "a tag of BCP 47",
          language);
      if (tag.attribute("DEFAULT").equals("YES")) {
        defaults++;
        String selected = tag.attribute("AUTOSELECT");
        findings.expect(
            !selected.equals("NO"), Rule.HLS_RENDITIONS, group, "AUTOSELECT=YES", selected);
      }
    }
    // Words need not be shown.
    boolean words =
        renditions.stream().anyMatch(each -> each.tag().attribute("TYPE").equals("SUBTITLES"));
    findings.expect(
        defaults == 1 || (words && defaults == 0),
        Rule.HLS_RENDITIONS,
        group + ", DEFAULT=YES",
        "one",
        defaults);
  }
}

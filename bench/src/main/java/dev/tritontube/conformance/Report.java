package dev.tritontube.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a check of a video came to.
///
/// @param applied rules that there was something for to check
public record Report(Set<Rule> applied, List<Finding> findings) {
  public Report {
    applied = Set.copyOf(applied);
    findings = List.copyOf(findings);
  }

  public boolean ok() {
    return findings.isEmpty();
  }

  /// A line for each rule, with what is wrong below those that are not kept.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      lines.add(
          "%-4s %-21s %s (%s)".formatted(state(rule), rule.id(), rule.words(), rule.source()));
      for (Finding finding : findings) {
        if (finding.rule() == rule) {
          lines.add("     " + finding.words());
        }
      }
    }
    return List.copyOf(lines);
  }

  private String state(Rule rule) {
    if (findings.stream().anyMatch(finding -> finding.rule() == rule)) {
      return "FAIL";
    }
    return applied.contains(rule) ? "ok" : "-";
  }
}

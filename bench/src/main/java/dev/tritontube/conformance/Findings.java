package dev.tritontube.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Collects what a check finds. For one thread.
final class Findings {
  private final List<Finding> list = new ArrayList<>();
  private final Set<Rule> applied = EnumSet.noneOf(Rule.class);

  void expect(boolean holds, Rule rule, String where, Object expected, Object found) {
    applied.add(rule);
    if (!holds) {
      list.add(new Finding(rule, where, expected.toString(), found.toString()));
    }
  }

  void expectEqual(Object expected, Object found, Rule rule, String where) {
    expect(expected.equals(found), rule, where, expected, found);
  }

  void fail(Rule rule, String where, Object expected, Object found) {
    expect(false, rule, where, expected, found);
  }

  Report report() {
    return new Report(applied, list);
  }
}

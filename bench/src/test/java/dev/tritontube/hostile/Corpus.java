package dev.tritontube.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// All crafted files.
final class Corpus {
  private Corpus() {}

  static List<Crafted> of(Bases bases, Canary canary) throws IOException {
    List<Crafted> all = new ArrayList<>();
    all.addAll(new HostileMp4(bases.mp4(), canary).files());
    all.addAll(new HostileMatroska(bases.mkv(), canary).files());
    all.addAll(new HostileOthers(bases, canary).files());
    all.addAll(new HostileTexts(bases.mp4(), canary).files());
    return all;
  }
}

package dev.tritontube.bench.media;

import java.util.List;

/// How some figures are spread; NaN where there is none.
record Spread(double median, double p95, double worst) {
  static Spread of(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int count = sorted.length;
    if (count == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(median, sorted[(int) Math.ceil(0.95 * count) - 1], sorted[count - 1]);
  }
}

package dev.tritontube.web.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// What is made of a file beside its segments: a poster and, of what has pictures, sheets of
/// thumbnails. Thread-safe.
record Pictures(ThumbnailSheets thumbnails, Poster poster) {
  /// What stands for a film whose thumbnails cannot be made.
  private static final double WHERE = 0.1;

  /// All of it, for one attempt.
  static Span span(EncodingPlan plan) {
    return ThumbnailGrid.of(plan)
        .map(grid -> new Span(List.of(Attempt.POSTER, ThumbnailGrid.ID), 0, grid.sheets()))
        .orElseGet(() -> Span.single(Attempt.POSTER, 0));
  }

  /// Makes them. The poster comes last: while it lacks, a run that was broken off is repeated.
  ///
  /// @return false when there is nothing that could be a poster
  boolean make(Source source, EncodingPlan plan, SegmentSink sink, Cancellation cancellation)
      throws IOException, InterruptedException {
    Optional<ThumbnailGrid> grid = ThumbnailGrid.of(plan);
    Optional<ByteBuffer> picture =
        grid.isPresent()
            ? moment(grid.get(), new Making(source, plan, sink, cancellation))
            : poster.cover(source, plan, cancellation);
    if (picture.isPresent()) {
      sink.store(Attempt.POSTER, 0, picture.get());
    }
    return picture.isPresent();
  }

  private record Making(
      Source source, EncodingPlan plan, SegmentSink sink, Cancellation cancellation) {}

  private Optional<ByteBuffer> moment(ThumbnailGrid grid, Making making)
      throws IOException, InterruptedException {
    Optional<List<ByteBuffer>> sheets =
        thumbnails.make(making.source, making.plan, grid, making.cancellation);
    double seconds = making.plan.length().approximately() * WHERE;
    if (sheets.isPresent()) {
      seconds = PosterChoice.of(grid, sheets.get());
      for (int sheet = 0; sheet < grid.sheets(); sheet++) {
        making.sink.store(ThumbnailGrid.ID, sheet, sheets.get().get(sheet));
      }
    }
    Optional<ByteBuffer> picture = at(seconds, making);
    return picture.isPresent() ? picture : at(0, making);
  }

  private Optional<ByteBuffer> at(double seconds, Making making)
      throws IOException, InterruptedException {
    return poster.at(
        seconds,
        ThumbnailGrid.byKeyFrames(making.plan),
        making.source,
        making.plan,
        making.cancellation);
  }
}

package dev.tritontube.manifests.presentation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The timeline and tracks of an asset: everything a manifest says, and nothing about where
/// segments are or whether they exist yet. Immutable.
///
/// @param periods played one after another, at least one. All have the same representations (HLS
///   knows no others), whose segment numbers go on from period to period
public record Presentation(List<Period> periods) {
  public Presentation {
    periods = List.copyOf(periods);
    if (periods.isEmpty()) {
      throw new IllegalArgumentException("a presentation needs a period");
    }
    Names.checkDistinct("period", periods.stream().map(Period::id).toList());
    Period before = null;
    for (Period period : periods) {
      if (before != null) {
        checkContinues(before, period);
      }
      before = period;
    }
  }

  /// One period of all the tracks.
  public static Presentation of(
      Rational duration, List<VideoTrack> videos, List<AudioTrack> audios) {
    return new Presentation(List.of(new Period("0", duration, videos, audios)));
  }

  /// This presentation with these images in its only period.
  public Presentation with(ImageTrack images) {
    if (periods.size() > 1) {
      throw new IllegalArgumentException("images of one of several periods");
    }
    return new Presentation(List.of(periods.getFirst().with(images)));
  }

  /// Empty while there are none.
  public Optional<ImageTrack> images() {
    return Optional.ofNullable(periods.getFirst().images());
  }

  /// Seconds, exact.
  public Rational duration() {
    return periods.stream().map(Period::duration).reduce(Rational.ZERO, Rational::plus);
  }

  /// The representation of this id as the first period has it.
  public Optional<Representation> representation(String id) {
    return periods.getFirst().tracks().stream()
        .<Representation>flatMap(track -> track.representations().stream())
        .filter(representation -> representation.id().equals(id))
        .findFirst();
  }

  /// This presentation with only some representations, such as those that are done.
  ///
  /// @throws IllegalArgumentException if none is left
  public Presentation keeping(Predicate<Representation> wanted) {
    return new Presentation(periods.stream().map(period -> period.keeping(wanted)).toList());
  }

  /// This presentation with other words about its sound.
  ///
  /// @param renaming from the tracks of a period to the same tracks
  public Presentation renamed(UnaryOperator<List<AudioTrack>> renaming) {
    return new Presentation(
        periods.stream().map(period -> period.with(renaming.apply(period.audios()))).toList());
  }

  private static void checkContinues(Period before, Period period) {
    if (!new HashSet<>(before.representationIds())
        .equals(new HashSet<>(period.representationIds()))) {
      throw new IllegalArgumentException(
          "period %s has other representations than period %s".formatted(period.id(), before.id()));
    }
    for (String id : period.representationIds()) {
      Timeline earlier = before.trackOf(id).orElseThrow().timeline();
      Timeline later = period.trackOf(id).orElseThrow().timeline();
      if (later.firstNumber() != earlier.firstNumber() + earlier.count()) {
        throw new IllegalArgumentException(
            "segments of %s do not go on from period %s to %s"
                .formatted(id, before.id(), period.id()));
      }
    }
  }
}

package dev.tritontube.ring;

/// A layout was asked for with fewer active nodes than replicas.
public final class TooFewNodesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TooFewNodesException(int active, int replicas) {
    super(
        "a layout with "
            + replicas
            + " replicas needs at least "
            + replicas
            + " active nodes, there would be "
            + active);
  }
}

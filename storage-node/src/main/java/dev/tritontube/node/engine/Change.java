package dev.tritontube.node.engine;

import java.io.IOException;

/// Something that the writer is asked to do.
///
/// @param bytes of records that it appends at most
/// @param usesReserve allowed while puts are refused for want of room
/// @param staging decides what comes of it and appends records
record Change<T>(long bytes, boolean usesReserve, Staging<T> staging) {

  /// Runs in the writer's thread. Appends only when nothing can fail any more.
  @FunctionalInterface
  interface Staging<T> {
    T stage(Group group) throws IOException;
  }
}

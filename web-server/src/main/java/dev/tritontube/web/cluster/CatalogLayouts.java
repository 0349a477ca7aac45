package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.web.blobs.Layouts;
import java.io.IOException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The newest layout in the catalog, kept at hand. Epochs never go back. Thread-safe.
public final class CatalogLayouts implements Layouts {
  private final LayoutStore store;

  /// Written under the lock of this object.
  private volatile @Nullable Layout newest;

  CatalogLayouts(LayoutStore store) {
    this.store = store;
  }

  @Override
  public Layout current() {
    Layout layout = newest;
    if (layout == null) {
      throw new IllegalStateException("this cluster has no layout yet");
    }
    return layout;
  }

  @Override
  public Layout refresh(long atLeastEpoch) throws IOException {
    Layout layout = newest;
    if (layout != null && layout.epoch() >= atLeastEpoch) {
      return layout;
    }
    Optional<Layout> found = poll();
    if (found.isEmpty() || found.get().epoch() < atLeastEpoch) {
      throw new IOException(
          "the catalog has no layout of epoch "
              + atLeastEpoch
              + ", the newest is "
              + found.map(Layout::epoch).orElse(0L));
    }
    return found.get();
  }

  /// The newest layout in the catalog.
  ///
  /// @throws IOException when the catalog cannot be read or has none
  public Layout newest() throws IOException {
    return poll().orElseThrow(() -> new IOException("this cluster has no layout yet"));
  }

  /// Reads the catalog.
  ///
  /// @return the newest layout; empty before the first
  /// @throws IOException when the catalog cannot be read
  Optional<Layout> poll() throws IOException {
    try {
      Layout layout = newest;
      if (layout != null && store.newestEpoch() <= layout.epoch()) {
        return Optional.of(layout);
      }
      Optional<Layout> found = store.newest();
      found.ifPresent(this::learn);
      return found;
    } catch (JdbiException e) {
      throw new IOException("the catalog's layouts cannot be read", e);
    }
  }

  /// Takes a layout that was just published.
  synchronized void learn(Layout published) {
    Layout known = newest;
    if (known == null || known.epoch() < published.epoch()) {
      newest = published;
    }
  }
}

package dev.tritontube.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param items may be few, even none, though there is more
/// @param nextCursor asks for what follows; null: this is the end
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /// The whole list, whose pages are asked for as they are needed.
  ///
  /// @param pages gives the page of a cursor, and the first one for null
  static <T> Stream<T> stream(Function<@Nullable String, Page<T>> pages) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Items<>(pages), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private static final class Items<T> implements Iterator<T> {
    private final Function<@Nullable String, Page<T>> pages;
    private Iterator<T> items = List.<T>of().iterator();
    private @Nullable String next;
    private boolean begun;

    Items(Function<@Nullable String, Page<T>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (!items.hasNext() && (!begun || next != null)) {
        Page<T> page = pages.apply(next);
        begun = true;
        items = page.items().iterator();
        next = page.nextCursor();
      }
      return items.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return items.next();
    }
  }
}

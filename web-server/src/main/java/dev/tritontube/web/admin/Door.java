package dev.tritontube.web.admin;

/// Who is let in, and what is written down of what he does.
public record Door(AdminKey key, Acts acts) {

  /// Where acts of administrators are written down.
  @FunctionalInterface
  public interface Acts {
    /// @param action a method
    /// @param target what it was called with
    void done(String action, String target);
  }
}

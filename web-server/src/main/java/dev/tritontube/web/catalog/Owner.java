package dev.tritontube.web.catalog;

/// Whose videos and assets these are: a user, by his id, or the installation itself.
public record Owner(String value) {
  public static final Owner ADMIN = new Owner("admin");

  public Owner {
    if (value.isBlank() || value.length() > 64) {
      throw new IllegalArgumentException("not an owner: '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

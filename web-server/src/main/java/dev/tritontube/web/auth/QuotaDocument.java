package dev.tritontube.web.auth;

import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.http.Fields;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is said of one user alone; null: what holds for everybody.
record QuotaDocument(@Nullable Long bytes, @Nullable Long videos, @Nullable Long uploads) {
  static final String[] FIELDS = {"bytes", "videos", "uploads"};

  static QuotaDocument of(Quota quota) {
    return new QuotaDocument(boxed(quota.bytes()), boxed(quota.videos()), boxed(quota.uploads()));
  }

  /// For the audit log.
  String words() {
    return "%s,%s,%s".formatted(bytes, videos, uploads);
  }

  static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  /// Changes what is named.
  static Quota changed(Quota before, Fields fields) {
    return new Quota(
        fields.has("bytes") ? fields.amount("bytes") : before.bytes(),
        fields.has("videos") ? fields.amount("videos") : before.videos(),
        fields.has("uploads") ? fields.amount("uploads") : before.uploads());
  }
}

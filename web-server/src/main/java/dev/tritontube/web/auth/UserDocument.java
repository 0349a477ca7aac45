package dev.tritontube.web.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tritontube.web.accounts.User;
import dev.tritontube.web.catalog.QuotaStore;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A user in the API's JSON.
///
/// @param usage left out of lists and of what is made just now
record UserDocument(
    String id,
    String username,
    String role,
    String state,
    QuotaDocument quota,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UsageDocument usage,
    String createdAt,
    String updatedAt) {

  static UserDocument of(User user) {
    return of(user, null);
  }

  static UserDocument of(User user, QuotaStore.@Nullable Standing standing) {
    return new UserDocument(
        user.id().value(),
        user.username().value(),
        user.role().word(),
        user.state().name().toLowerCase(Locale.ROOT),
        QuotaDocument.of(user.quota()),
        standing == null ? null : UsageDocument.of(standing),
        user.createdAt().toString(),
        user.updatedAt().toString());
  }
}

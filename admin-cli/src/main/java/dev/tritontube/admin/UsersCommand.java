package dev.tritontube.admin;

import dev.tritontube.client.Role;
import dev.tritontube.client.TritonTube;
import dev.tritontube.client.TritonTubeException.Refused;
import dev.tritontube.client.User;
import dev.tritontube.client.Users;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `users list | create | role | disable | enable`.
@Command(
    name = "users",
    description = "Lists, makes, disables and enables users, and says what they may do.",
    mixinStandardHelpOptions = true)
final class UsersCommand {
  @ParentCommand private @Nullable AdminCli admin;

  @Command(description = "Lists users, the newest first.", mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "1000",
              description = "No more than these (default: ${DEFAULT-VALUE}).")
          int limit) {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1, not " + limit);
    }
    try (TritonTube site = admin().site();
        Stream<User> all = site.users().list()) {
      List<User> users = all.limit(limit).toList();
      admin().answers().show(SiteDocuments.users(users), SiteTexts.users(users));
      return 0;
    }
  }

  @Command(
      description =
          "Makes an account. Without a password it prints a token with which its owner chooses one within a day.",
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "UPLOADER",
              description = "viewer, uploader or admin (default: uploader).")
          Role role,
      @Option(
              names = "--password-file",
              paramLabel = "FILE",
              description = "Holds the password alone.")
          @Nullable Path passwordFile)
      throws IOException {
    String password = passwordFile == null ? null : Files.readString(passwordFile).strip();
    try (TritonTube site = admin().site()) {
      User user = site.users().create(name, password, role);
      Users.Reset reset = password == null ? site.users().allowPasswordReset(user.id()) : null;
      URI page = site.address("/reset-password");
      admin()
          .answers()
          .show(SiteDocuments.created(user, reset), SiteTexts.created(user, reset, page));
      return 0;
    }
  }

  @Command(description = "Says what somebody may do.", mixinStandardHelpOptions = true)
  int role(
      @Parameters(paramLabel = "NAME|ID") String user,
      @Parameters(paramLabel = "ROLE", description = "viewer, uploader or admin.") Role role) {
    return change(user, (users, id) -> users.changeRole(id, role));
  }

  @Command(
      description = "Shuts somebody out at once; his videos stay.",
      mixinStandardHelpOptions = true)
  int disable(@Parameters(paramLabel = "NAME|ID") String user) {
    return change(user, Users::disable);
  }

  @Command(description = "Lets somebody in again.", mixinStandardHelpOptions = true)
  int enable(@Parameters(paramLabel = "NAME|ID") String user) {
    return change(user, Users::enable);
  }

  private int change(String user, BiFunction<Users, String, User> change) {
    try (TritonTube site = admin().site()) {
      User after = change.apply(site.users(), find(site.users(), user).id());
      admin().answers().show(SiteDocuments.user(after), SiteTexts.users(List.of(after)));
      return 0;
    }
  }

  /// @param user an id or a name
  /// @throws Refused 404
  static User find(Users users, String user) {
    try {
      return users.one(user);
    } catch (Refused e) {
      if (e.status() != 404) {
        throw e;
      }
      String name = user.toLowerCase(Locale.ROOT);
      try (Stream<User> all = users.list()) {
        return all.filter(one -> one.username().equals(name)).findFirst().orElseThrow(() -> e);
      }
    }
  }

  private AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}

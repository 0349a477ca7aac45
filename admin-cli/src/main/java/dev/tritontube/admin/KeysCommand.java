package dev.tritontube.admin;

import dev.tritontube.client.ApiKey;
import dev.tritontube.client.Keys;
import dev.tritontube.client.Scope;
import dev.tritontube.client.TritonTube;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `keys list | create | revoke`.
@Command(
    name = "keys",
    description = "Lists, makes and revokes API keys.",
    mixinStandardHelpOptions = true)
final class KeysCommand {
  @ParentCommand private @Nullable AdminCli admin;

  @Command(
      description = "Lists the keys of the installation, or of a user.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--user", paramLabel = "NAME|ID", description = "Whose.")
          @Nullable String user) {
    try (TritonTube site = admin().site()) {
      Keys keys = site.keys();
      List<ApiKey> all =
          user == null ? keys.list() : keys.list(UsersCommand.find(site.users(), user).id());
      admin().answers().show(SiteDocuments.keys(all), SiteTexts.keys(all));
      return 0;
    }
  }

  @Command(description = "Makes a key and prints it, this once.", mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              split = ",",
              description = "Of read, write, upload and admin; may be repeated.")
          List<Scope> scopes,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description = "Such as 2030-01-01T00:00:00Z (default: never).")
          @Nullable Instant expires,
      @Option(names = "--user", paramLabel = "NAME|ID", description = "Whose it is.")
          @Nullable String user) {
    try (TritonTube site = admin().site()) {
      String owner = user == null ? null : UsersCommand.find(site.users(), user).id();
      Keys.Created created = site.keys().create(name, EnumSet.copyOf(scopes), expires, owner);
      admin().answers().show(SiteDocuments.created(created), created.key());
      return 0;
    }
  }

  @Command(
      description = "Revokes keys: they open nothing any more.",
      mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    try (TritonTube site = admin().site()) {
      ids.forEach(site.keys()::revoke);
      admin().answers().show(JobDocuments.ids("revoked", ids), ids.size() + " revoked");
      return 0;
    }
  }

  private AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}

package dev.tritontube.local;

import dev.tritontube.conformance.Conformance;
import dev.tritontube.conformance.Report;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tritontube check`: a video against the standards.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "What is served of a video, held against DASH, CMAF, HLS and Apple's rules",
    footer = {"", "Exit code: 0 all is well, 1 something is not (FAIL), 2 wrong usage."})
final class Check implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      arity = "1..2",
      paramLabel = "URL",
      description =
          "http://HOST/watch/ID or http://HOST/api/v1/videos/ID,"
              + " or a DASH manifest and a multivariant playlist")
  private List<URI> addresses = List.of();

  @Override
  public Integer call() throws IOException {
    Launcher.require(
        command, addresses.stream().allMatch(Check::isHttp), "an address begins with http");
    Report report =
        addresses.size() == 1
            ? Conformance.check(addresses.getFirst())
            : Conformance.check(addresses.getFirst(), addresses.getLast());
    report.lines().forEach(Launcher::say);
    return report.ok() ? 0 : 1;
  }

  private static boolean isHttp(URI address) {
    return address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http");
  }
}

package dev.tritontube.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What strace saw ffmpeg and ffprobe do, whether it was allowed or not.
final class Trace {
  /// What is traced: of the web server's own threads little, so that it is not slowed down.
  static final String CALLS =
      "trace=open,openat,openat2,creat,connect,execve,execveat,clone,clone3,vfork,unlink,rename,mkdir";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern BORN = Pattern.compile("clone.*= (\\d+)$");
  private static final Pattern TOOL = Pattern.compile("execve\\(\"[^\"]*/(ffmpeg|ffprobe)\".*= 0$");
  private static final Pattern OPENED =
      Pattern.compile("(?:open|openat|openat2|creat)\\((?:AT_FDCWD, )?\"([^\"]*)\".*");
  private static final Pattern CONNECTED =
      Pattern.compile(
          "connect\\(.*sin_port=htons\\((\\d+)\\), sin_addr=inet_addr\\(\"([^\"]*)\"\\).*");

  /// What programs look at before they have read a byte of a file.
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(/lib|/usr/lib|/usr/local/lib|/etc/ld\\.so|/sys/devices/system/|/proc/|/dev/(null|u?random)$|/etc/gcrypt/"
              + "|/etc/ssl/|/etc/gnutls|/etc/localtime).*");

  private final List<String[]> calls = new ArrayList<>();
  private final Set<String> tools = new HashSet<>();
  private int starts;

  private Trace() {}

  static Trace read(Path file) throws IOException {
    Trace trace = new Trace();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .forEach(line -> trace.calls.add(new String[] {line.group(1), line.group(2)}));
    }
    for (String[] call : trace.calls) {
      if (TOOL.matcher(call[1]).find()) {
        trace.tools.add(call[0]);
        trace.starts++;
      }
    }
    int known = 0;
    while (known < trace.tools.size()) {
      known = trace.tools.size();
      trace.addThreads();
    }
    return trace;
  }

  private void addThreads() {
    for (String[] call : calls) {
      Matcher born = BORN.matcher(call[1]);
      if (tools.contains(call[0]) && born.find()) {
        tools.add(born.group(1));
      }
    }
  }

  /// How many programs were started.
  int starts() {
    return starts;
  }

  /// Where they connected to.
  Set<String> connections() {
    Set<String> found = new HashSet<>();
    ofTools(CONNECTED).forEach(match -> found.add(match.group(2) + ":" + match.group(1)));
    return found;
  }

  /// What they tried to open beside their libraries and the pipes in a folder.
  Set<String> opened(Path pipes) {
    Set<String> found = new HashSet<>();
    ofTools(OPENED)
        .map(match -> match.group(1))
        .filter(path -> !HARMLESS.matcher(path).matches() && !path.startsWith(pipes.toString()))
        .forEach(found::add);
    return found;
  }

  /// All else that they tried to do to files and programs.
  List<String> others() {
    Pattern pattern =
        Pattern.compile(
            "(unlink|rename|mkdir|execveat)\\(.*|execve\\(\"(?!.*/(ffmpeg|ffprobe|prlimit)\").*");
    return ofTools(pattern).map(Matcher::group).toList();
  }

  private Stream<Matcher> ofTools(Pattern pattern) {
    return calls.stream()
        .filter(call -> tools.contains(call[0]))
        .map(call -> pattern.matcher(call[1]))
        .filter(Matcher::matches);
  }
}

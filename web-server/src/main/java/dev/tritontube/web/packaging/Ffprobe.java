package dev.tritontube.web.packaging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Asks ffprobe what is in a file. Opening one costs it more than listing some seconds of packets:
/// what is wanted of both is asked for at once. Thread-safe.
final class Ffprobe {
  /// As ffprobe writes intervals.
  static final String EVERYTHING = "%";

  private static final List<String> HEADERS = List.of("-show_format", "-show_streams");

  private final Path program;
  private final ToolRunner runner;

  Ffprobe(Path program, ToolRunner runner) {
    this.program = program;
    this.runner = runner;
  }

  /// What was found.
  ///
  /// @param headers `streams`, `format` and `chapters`, where they were asked for
  /// @param packets none where they were not asked for
  record Contents(JsonNode headers, PacketTimes packets) {}

  Contents headers(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    return run(source, HEADERS, cancellation);
  }

  /// With chapters.
  JsonNode contents(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    List<String> wanted = new ArrayList<>(HEADERS);
    wanted.add("-show_chapters");
    return run(source, wanted, cancellation).headers();
  }

  /// @param interval from where to where, as ffprobe wants it
  PacketTimes packets(Source source, String interval, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    return run(source, listing(interval), cancellation).packets();
  }

  Contents headersAndPackets(Source source, String interval, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    List<String> both = new ArrayList<>(HEADERS);
    both.addAll(listing(interval));
    return run(source, both, cancellation);
  }

  private static List<String> listing(String interval) {
    String entries = "packet=stream_index,pts,dts,duration,size,flags";
    return List.of("-read_intervals", interval, "-show_entries", entries);
  }

  private Contents run(Source source, List<String> wanted, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-v", "error"));
    command.addAll(source.probeOptions());
    command.addAll(List.of("-of", "json=compact=1"));
    command.addAll(wanted);
    command.add(source.url());
    Contents contents =
        new Contents(JsonNodeFactory.instance.objectNode(), new PacketTimes(source.container()));
    AtomicReference<@Nullable IOException> cutOff = new AtomicReference<>();
    Exit exit =
        listen(
            command,
            cancellation,
            out -> {
              try {
                read(out, contents);
              } catch (JsonEOFException e) {
                cutOff.set(e); // How the program ended tells why.
              }
            });
    source.throwFailure();
    check(exit, source);
    IOException unexplained = cutOff.get();
    if (unexplained != null) {
      throw unexplained;
    }
    return contents;
  }

  /// Runs it, and hears as much of it as there is room for.
  private Exit listen(List<String> command, Cancellation cancellation, ToolRunner.Reader reader)
      throws MediaException, IOException, InterruptedException {
    try {
      return runner.run(command, ToolLimits.probing(), cancellation, reader);
    } catch (ExcessException e) {
      throw new MediaException(Code.LIMIT_EXCEEDED, String.valueOf(e.getMessage()));
    }
  }

  /// The file has more of something than is listed: trying again would not help.
  static final class ExcessException extends IOException {
    private static final long serialVersionUID = 1;

    ExcessException(String message) {
      super(message);
    }
  }

  private static void check(Exit exit, Source source) throws MediaException {
    if (exit.timedOut()) {
      throw new MediaException(Code.LIMIT_EXCEEDED, "reading the file took too long");
    }
    if (exit.complaint().contains("max_streams")) {
      throw new MediaException(
          Code.LIMIT_EXCEEDED, "the file has more than " + Source.MAX_STREAMS + " streams");
    }
    if (!exit.ok()) {
      throw source.failure(exit.complaint());
    }
  }

  private static void read(InputStream stdout, Contents into) throws IOException {
    Bounded bounded = new Bounded(stdout);
    try (JsonParser json = StoredJson.parser(bounded)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("packets")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            into.packets().add(json.readValueAsTree());
            bounded.packet();
          }
        } else {
          ((ObjectNode) into.headers()).set(name, json.readValueAsTree());
        }
      }
    }
  }

  /// Headers are kept in memory, and a file may have any amount of text in them. Of packets, only
  /// their times are kept.
  private static final class Bounded extends FilterInputStream {
    private static final int MOST_HEADERS = 4 << 20;
    private static final int MOST_PACKET = 512;

    private long left = MOST_HEADERS;

    Bounded(InputStream in) {
      super(in);
    }

    void packet() {
      left += MOST_PACKET;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      left -= count;
      if (left < 0) {
        throw new ExcessException(
            "the description of the file is longer than " + MOST_HEADERS + " bytes");
      }
      return count;
    }
  }
}

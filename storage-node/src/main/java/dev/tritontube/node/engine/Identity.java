package dev.tritontube.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Properties;

/// Whose a data folder is.
///
/// Kept in the file `identity`: lines `format`, `node`, `cluster` and, last, `crc32c` of the lines
/// before it in hexadecimal.
///
/// @param cluster empty until the node was taken into one
public record Identity(NodeId node, String cluster) {
  static final String FILE = "identity";
  private static final int FORMAT = 1;

  public Identity {
    if (cluster.lines().count() > 1) {
      throw new IllegalArgumentException("a cluster id is one line");
    }
  }

  ByteBuffer encode() {
    String lines = "format=%d\nnode=%s\ncluster=%s\n".formatted(FORMAT, node, cluster);
    return ByteBuffer.wrap((lines + "crc32c=%08x\n".formatted(checksum(lines))).getBytes(UTF_8));
  }

  /// @throws UnusableFolderException when it is damaged or of a newer format
  static Identity decode(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    String format = properties.getProperty("format", "");
    if (!format.equals(String.valueOf(FORMAT))) {
      throw new UnusableFolderException(
          "the data folder has format '" + format + "', this program knows " + FORMAT);
    }
    String lines = text.substring(0, Math.max(0, text.indexOf("crc32c=")));
    String checksum = "%08x".formatted(checksum(lines));
    if (!checksum.equals(properties.getProperty("crc32c"))) {
      throw new UnusableFolderException(
          "the identity of the data folder is damaged: crc32c=%s was expected".formatted(checksum));
    }
    return new Identity(
        new NodeId(properties.getProperty("node", "")), properties.getProperty("cluster", ""));
  }

  private static int checksum(String lines) {
    return RecordFormat.checksum(ByteBuffer.wrap(lines.getBytes(UTF_8)));
  }
}

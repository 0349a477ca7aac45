package dev.tritontube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.node.engine.FolderInUseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class StorageNodeTest {
  private final Path folder;

  StorageNodeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void listensOnAFreePortAndWritesItToTheFile() throws IOException {
    Path portFile = folder.resolve("port");
    try (RunningNode node = RunningNode.start(config(0, "data", Optional.of(portFile)))) {
      assertNotEquals(0, node.port());
      assertEquals(node.port() + "\n", Files.readString(portFile));
    }
    try (RunningNode again = RunningNode.start(config(0, "data", Optional.empty()))) {
      assertNotEquals(0, again.port());
    }
  }

  @Test
  void refusesAPortAndAFolderInUse() throws IOException {
    try (RunningNode node = RunningNode.start(config(0, "data", Optional.empty()))) {
      assertThrows(
          FolderInUseException.class, () -> RunningNode.start(config(0, "data", Optional.empty())));
      IOException taken =
          assertThrows(
              IOException.class,
              () -> RunningNode.start(config(node.port(), "more", Optional.empty())));
      assertTrue(taken.toString().contains("port " + node.port()), taken::toString);
    }
  }

  @Test
  void leavesNothingBehindWhenItCannotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeConfig config = config(taken.getLocalPort(), "data", Optional.empty());
      assertThrows(IOException.class, () -> RunningNode.start(config));
    }
    RunningNode.start(config(0, "data", Optional.empty())).close();
  }

  @Test
  void unusableStartsEndWithTheirExitCodes() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertEquals(1, StorageNode.run(Map.of(), "--port", "0", "--data", file.toString()));
    assertEquals(2, StorageNode.run(Map.of(), "--port", "0"));
    assertEquals(2, StorageNode.run(Map.of(), "--port", "x", "--data", "d"));
    assertEquals(2, StorageNode.run(Map.of(), "--port", "70000", "--data", "d"));
    assertEquals(2, StorageNode.run(Map.of("TRITONTUBE_CAPACITY", "9e9"), "--port", "0"));
    assertEquals(2, StorageNode.run(Map.of(), "--port", "0", "--data", "d", "--volume-size", "1"));
    assertEquals(
        2, StorageNode.run(Map.of(), "--port", "0", "--data", "d", "--capacity", "99999999P"));
  }

  @Test
  void environmentGoesBeforeTheFileAndUnknownKeysAreRefused() throws IOException {
    Path config = Files.writeString(folder.resolve("node.conf"), "port = 1\nzone = a\n");
    Layers layers = Layers.read(Map.of("TRITONTUBE_PORT", "2"), config, Set.of("port", "zone"));
    CommandLine command = new CommandLine(new StorageNode());
    assertEquals("2", layers.defaultValue(command.getCommandSpec().findOption("--port")));
    assertEquals("a", layers.defaultValue(command.getCommandSpec().findOption("--zone")));

    Files.writeString(config, "prot = 1\n");
    assertEquals(2, StorageNode.run(Map.of("TRITONTUBE_CONFIG", config.toString()), "--data", "d"));
  }

  @Test
  void readsSizesAsPeopleWriteThem() {
    ByteSize sizes = new ByteSize();
    assertEquals(64L << 20, sizes.convert("64M"));
    assertEquals(500L << 30, sizes.convert("500G"));
    assertEquals(1L << 40, sizes.convert("1TiB"));
    assertEquals(123, sizes.convert("123"));
    assertThrows(CommandLine.TypeConversionException.class, () -> sizes.convert("much"));
  }

  private NodeConfig config(int port, String data, Optional<Path> portFile) {
    return new NodeConfig(
        "127.0.0.1",
        port,
        folder.resolve(data),
        "default",
        Long.MAX_VALUE,
        64 << 20,
        64 << 20,
        0,
        portFile);
  }
}

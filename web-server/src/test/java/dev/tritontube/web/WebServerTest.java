package dev.tritontube.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  @TempDir Path folder;

  @Test
  void wrongUsageIsExitCode2() {
    assertEquals(2, WebServer.run(Map.of(), "--no-such-flag"));
    assertEquals(2, WebServer.run(Map.of(), "--roles", "king"));
    assertEquals(2, WebServer.run(Map.of("TRITONTUBE_CACHE_BYTES", "lots")));
    assertEquals(2, WebServer.run(Map.of(), "--port", "-1"));
    assertEquals(2, WebServer.run(Map.of(), "--admin-port", "65536"));
    assertEquals(2, WebServer.run(Map.of(), "--nodes", "127.0.0.1:9101,somewhere"));
    assertEquals(2, WebServer.run(Map.of(), "--database", "mysql://db/name"));
    assertEquals(2, WebServer.run(Map.of(), "--cors-origins", "https://a.example,b.example"));
    assertEquals(2, WebServer.run(Map.of(), "--trusted-proxies", "proxy.example"));
    assertEquals(2, WebServer.run(Map.of(), "--rate-limit", "-1"));
    assertEquals(2, WebServer.run(Map.of(), "--tls-key", "key.pem"));
    assertEquals(2, WebServer.run(Map.of("TRITONTUBE_HTTP_REDIRECT_PORT", "80")));
    assertEquals(
        2, WebServer.run(Map.of(), "--tls-certificate", "c.pem", "--http-redirect-port", "70000"));
  }

  @Test
  void unknownKeysOfTheConfigurationStopTheStart() throws Exception {
    Path config = Files.writeString(folder.resolve("web.conf"), "chache-bytes = 1M\n");
    assertEquals(2, WebServer.run(Map.of(), "--config", config.toString()));
    assertEquals(2, WebServer.run(Map.of("TRITONTUBE_CONFIG", config.toString())));
  }

  @Test
  void aNewClusterNeedsNodes() {
    assertEquals(
        1,
        WebServer.run(
            Map.of("TRITONTUBE_DATA", folder.resolve("data").toString()),
            "--port=0",
            "--admin-port=0"));
  }

  @Test
  void theKeyIsMadeOnceAndForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("admin.key");
    String key = KeyFile.readOrCreate(file);
    assertEquals(64, key.length());
    assertEquals(key, KeyFile.readOrCreate(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertNotEquals(key, KeyFile.readOrCreate(folder.resolve("other.key")));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aKeyFileWithoutAKeyStopsTheStart() throws Exception {
    Path file = Files.createFile(folder.resolve("admin.key"));
    assertThrows(StartException.class, () -> KeyFile.readOrCreate(file));
    Files.writeString(file, "one\ntwo\n");
    assertThrows(StartException.class, () -> KeyFile.readOrCreate(file));
    Files.write(file, new byte[] {1, (byte) 0xff});
    assertThrows(StartException.class, () -> KeyFile.readOrCreate(file));
  }
}

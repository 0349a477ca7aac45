package dev.tritontube.proto.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9101",
        "node-1.example:65535",
        "localhost:1",
        "data_node-1_1:9101",
        "[::1]:9101"
      })
  void readsAndPrintsAddresses(String text) {
    assertEquals(text, HostPort.parse(text).toString());
  }

  @Test
  void hostsHaveNoBrackets() {
    assertEquals(new HostPort("::1", 9101), HostPort.parse("[::1]:9101"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "node",
        "node:",
        ":9101",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:99999999999",
        "127.0.0.1:-1",
        "127.0.0.1:+1",
        "::1",
        "::1:9101",
        "[::1]",
        "[1]:1",
        "[::1%eth0]:1",
        "a b:1",
        "a/b:1",
        "user@node:1",
        "http://node:1",
        "node:1/x",
        "node:1?x"
      })
  void refusesWhatIsNoAddress(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
    assertEquals("an address is HOST:PORT, not '" + text + "'", refusal.getMessage());
  }
}

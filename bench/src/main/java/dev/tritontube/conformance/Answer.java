package dev.tritontube.conformance;

import java.nio.charset.StandardCharsets;

/// What a server answered.
///
/// @param type media type without parameters; empty if none
/// @param compressed whether the bytes came compressed
/// @param body as it is without compression
record Answer(int status, String type, boolean compressed, byte[] body) {
  boolean ok() {
    return status == 200;
  }

  boolean redirect() {
    return status >= 300 && status < 400;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}

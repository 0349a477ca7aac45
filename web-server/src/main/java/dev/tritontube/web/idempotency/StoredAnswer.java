package dev.tritontube.web.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer as it is kept: the status and each header on a line, an empty line, the body.
record StoredAnswer(int status, Map<String, String> headers, byte[] body) {
  byte[] bytes() {
    StringBuilder head = new StringBuilder().append(status).append('\n');
    headers.forEach((name, value) -> head.append(name).append(':').append(value).append('\n'));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append('\n').toString().getBytes(UTF_8));
    all.writeBytes(body);
    return all.toByteArray();
  }

  static StoredAnswer of(byte[] bytes) {
    int end = 0;
    while (bytes[end] != '\n' || bytes[end + 1] != '\n') {
      end++;
    }
    String[] lines = new String(bytes, 0, end, UTF_8).split("\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1));
    }
    return new StoredAnswer(
        Integer.parseInt(lines[0]), headers, Arrays.copyOfRange(bytes, end + 2, bytes.length));
  }
}

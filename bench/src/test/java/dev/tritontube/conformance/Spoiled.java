package dev.tritontube.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A good video with something of it changed. Every change has to hit something.
final class Spoiled implements Library {
  private final Map<URI, Answer> files;

  Spoiled(Map<URI, Answer> good) {
    files = new HashMap<>(good);
  }

  @Override
  public Answer get(URI address) throws IOException {
    Answer answer = files.get(address);
    return answer == null ? new Answer(404, "", false, new byte[0]) : answer;
  }

  /// Replaces text that matches a regular expression once.
  void text(String file, String pattern, String replacement) {
    String before = answer(file).text();
    String after = before.replaceFirst(pattern, replacement);
    if (after.equals(before)) {
      throw new AssertionError(file + " has no " + pattern + ":\n" + before);
    }
    body(file, after.getBytes());
  }

  /// Adds to the byte at `offset` from the type of a box.
  void add(String file, String box, int offset, int summand) {
    byte[] bytes = answer(file).body().clone();
    bytes[at(bytes, box) + offset] += (byte) summand;
    body(file, bytes);
  }

  void rename(String file, String box, String other) {
    byte[] bytes = answer(file).body().clone();
    for (int place = at(bytes, box); place >= 0; place = find(bytes, box)) {
      System.arraycopy(other.getBytes(ISO_8859_1), 0, bytes, place, other.length());
    }
    body(file, bytes);
  }

  /// Adds a box that players skip.
  void append(String file) {
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.writeBytes(answer(file).body());
    longer.writeBytes(ByteBuffer.allocate(8).putInt(8).put("free".getBytes(ISO_8859_1)).array());
    body(file, longer.toByteArray());
  }

  /// Makes the IDR picture at the beginning of a segment another one.
  void withoutIdr(String file) {
    byte[] bytes = answer(file).body().clone();
    ByteBuffer all = ByteBuffer.wrap(bytes);
    int unit = at(bytes, "mdat") + 4;
    while ((bytes[unit + 4] & 0x1f) != 5) {
      unit += 4 + all.getInt(unit);
    }
    bytes[unit + 4] = (byte) (bytes[unit + 4] & ~0x1f | 1);
    body(file, bytes);
  }

  void answer(String file, int status, String type, boolean compressed) {
    files.put(address(file), new Answer(status, type, compressed, answer(file).body()));
  }

  private void body(String file, byte[] body) {
    Answer before = answer(file);
    files.put(address(file), new Answer(200, before.type(), before.compressed(), body));
  }

  private Answer answer(String file) {
    return Objects.requireNonNull(files.get(address(file)), file);
  }

  private static URI address(String file) {
    boolean top =
        file.equals("manifest.mpd") || file.equals("master.m3u8") || file.startsWith("text/");
    return GoodVideo.FOLDER.resolve(top ? file : "media/r1/" + file);
  }

  private static int at(byte[] bytes, String box) {
    int place = find(bytes, box);
    if (place < 0) {
      throw new AssertionError("no " + box);
    }
    return place;
  }

  private static int find(byte[] bytes, String box) {
    return new String(bytes, ISO_8859_1).indexOf(box);
  }
}

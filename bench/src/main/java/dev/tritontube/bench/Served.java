package dev.tritontube.bench;

import dev.tritontube.local.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Files that a web server has, each also in a folder that a peer serves. What was uploaded for it
/// is deleted at the end.
final class Served implements AutoCloseable {
  /// @param address at the web server
  /// @param name in the folder
  record File(URI address, String name, long sizeBytes) {}

  private final RestClient rest;
  private final Path folder;
  private final List<File> files = new ArrayList<>();
  private final List<String> videos = new ArrayList<>();

  Served(RestClient rest, Path folder) {
    this.rest = rest;
    this.folder = folder;
  }

  /// Uploads a file of this size and serves its original.
  void add(int sizeBytes) throws IOException {
    String id =
        rest.upload(BodyPublishers.ofByteArray(file(sizeBytes)), "a file").get("id").asText();
    videos.add(id);
    add(rest.resolve("/api/v1/videos/" + id + "/original"));
  }

  /// Serves what is at this address of the web server.
  void add(URI address) throws IOException {
    byte[] bytes = rest.bytes(address);
    String name = "file-" + files.size();
    Files.write(folder.resolve(name), bytes);
    files.add(new File(address, name, bytes.length));
  }

  List<File> all() {
    return List.copyOf(files);
  }

  /// Bytes that look like the start of an MP4 file; the rest is random.
  static byte[] file(int sizeBytes) {
    byte[] file = new byte[sizeBytes];
    new SplittableRandom(sizeBytes).nextBytes(file);
    byte[] type = "ftypisom".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer.wrap(file)
        .putInt(24)
        .put(type)
        .putInt(512)
        .put("isommp42".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer.wrap(file)
        .putInt(24, sizeBytes - 24)
        .put(28, "free".getBytes(StandardCharsets.US_ASCII));
    return file;
  }

  @Override
  public void close() throws IOException {
    for (String id : videos) {
      rest.delete(id);
    }
  }
}

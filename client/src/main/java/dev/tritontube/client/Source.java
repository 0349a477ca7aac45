package dev.tritontube.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that are uploaded. They are opened anew wherever an upload has to go on.
public interface Source {
  /// What the file is called, without folders.
  String name();

  /// @throws IOException when it cannot be told
  long sizeBytes() throws IOException;

  /// @param offset of the first byte that is read
  InputStream open(long offset) throws IOException;

  static Source of(Path file) {
    return new Source() {
      @Override
      public String name() {
        return String.valueOf(file.getFileName());
      }

      @Override
      public long sizeBytes() throws IOException {
        return Files.size(file);
      }

      @Override
      public InputStream open(long offset) throws IOException {
        return Channels.newInputStream(FileChannel.open(file).position(offset));
      }
    };
  }

  /// @param bytes are not copied
  static Source of(String name, byte[] bytes) {
    return new Source() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public InputStream open(long offset) {
        int from = Math.toIntExact(offset);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
      }
    };
  }
}

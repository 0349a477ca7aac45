package dev.tritontube.web.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A body that is the file.
///
/// @param leastBytes how many it has; 0 when that is not known
public record RawBody(InputStream input, FormFields fields, long leastBytes) implements UploadBody {
  private static final int READ_BYTES = 128 * 1024;

  @Override
  public FormFields readInto(Reception reception) throws IOException {
    fields.details();
    byte[] data = new byte[READ_BYTES];
    for (int count = input.read(data); count >= 0; count = input.read(data)) {
      reception.accept(ByteBuffer.wrap(data, 0, count));
    }
    return fields;
  }
}

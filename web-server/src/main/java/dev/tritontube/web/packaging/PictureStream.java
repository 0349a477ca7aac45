package dev.tritontube.web.packaging;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of pictures, one after the other with nothing between, into pictures. For one
/// thread.
///
/// JPEG (ITU-T T.81, annex B): markers FF xx, most with a segment whose length follows; after SOS
/// comes data in which FF is followed by 00 or a restart marker, up to the next marker; EOI ends
/// the picture. PNG (ISO/IEC 15948, 5.3): 8 bytes of signature, then chunks of length, type, data
/// and check sum; IEND is the last.
final class PictureStream {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int FIRST_RESTART = 0xD0;
  private static final int LAST_RESTART = 0xD7;
  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IEND = 0x49454E44;

  private final InputStream in;
  private final StillFormat format;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
  private int position;
  private int limit;

  /// @param maxBytes of a picture
  PictureStream(InputStream in, StillFormat format, int maxBytes) {
    this.in = in;
    this.format = format;
    this.maxBytes = maxBytes;
  }

  /// The next picture; null at the end.
  ///
  /// @throws EOFException when the stream ends within one
  /// @throws Stills.TooLargeException when it is larger than is taken
  /// @throws IOException when it is no picture of the format
  byte @Nullable [] next() throws IOException {
    if (position == limit && !fill()) {
      return null;
    }
    picture.reset();
    switch (format) {
      case JPG -> jpeg();
      case PNG -> png();
    }
    return picture.toByteArray();
  }

  private void jpeg() throws IOException {
    if (marker() != SOI) {
      throw new IOException("a JPEG begins with SOI");
    }
    int marker = marker();
    while (marker != EOI) {
      int length = take() << 8 | take();
      take(length - 2);
      marker = marker == SOS ? markerAfterData() : marker();
    }
  }

  private int marker() throws IOException {
    if (take() != 0xFF) {
      throw new IOException("there is no marker where a JPEG has one");
    }
    return take();
  }

  private int markerAfterData() throws IOException {
    while (true) {
      while (take() != 0xFF) {
        // Data.
      }
      int next = take();
      if (next != 0 && (next < FIRST_RESTART || next > LAST_RESTART)) {
        return next;
      }
    }
  }

  private void png() throws IOException {
    if (((long) word() << 32 | word() & 0xFFFFFFFFL) != PNG_SIGNATURE) {
      throw new IOException("a PNG begins with its signature");
    }
    int type = 0;
    while (type != IEND) {
      int length = word();
      type = word();
      take((long) length + Integer.BYTES);
    }
  }

  private int word() throws IOException {
    return take() << 24 | take() << 16 | take() << 8 | take();
  }

  private int take() throws IOException {
    require();
    int value = buffer[position++] & 0xFF;
    picture.write(value);
    if (picture.size() > maxBytes) {
      throw tooLarge();
    }
    return value;
  }

  private void take(long count) throws IOException {
    if (count < 0 || picture.size() + count > maxBytes) {
      throw tooLarge();
    }
    long left = count;
    while (left > 0) {
      require();
      int some = (int) Math.min(left, limit - position);
      picture.write(buffer, position, some);
      position += some;
      left -= some;
    }
  }

  private Stills.TooLargeException tooLarge() {
    return new Stills.TooLargeException("a picture has more than " + maxBytes + " bytes");
  }

  private void require() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("the stream ends within a picture");
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}

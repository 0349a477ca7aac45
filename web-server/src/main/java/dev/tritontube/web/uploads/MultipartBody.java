package dev.tritontube.web.uploads;

import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.http.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A `multipart/form-data` body (RFC 7578) with one part `file` and fields before or after it,
/// parsed as it arrives.
///
/// @param profiles which ones may be chosen, by their names
/// @param leastBytes how many the file has; 0 when that is not known
record MultipartBody(
    InputStream input, String boundary, Predicate<String> profiles, long leastBytes)
    implements UploadBody {
  private static final int READ_BYTES = 128 * 1024;
  private static final int MAX_PARTS = 64;
  private static final int MAX_PART_HEADERS_BYTES = 8 * 1024;
  private static final int MAX_FIELD_BYTES = 64 * 1024;

  /// Everything that is not the file: boundaries, headers, fields, what is around the parts.
  static final long MAX_OVERHEAD_BYTES = 1 << 20;

  @Override
  public FormFields readInto(Reception reception) throws IOException {
    Parts parts = new Parts(reception, new FormFields(profiles));
    MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(MAX_PARTS);
    parser.setPartHeadersMaxLength(MAX_PART_HEADERS_BYTES);
    byte[] data = new byte[READ_BYTES];
    for (int count = input.read(data); count >= 0; count = input.read(data)) {
      parts.received(count);
      parser.parse(Content.Chunk.from(ByteBuffer.wrap(data, 0, count), false));
      parts.check();
    }
    parser.parse(Content.Chunk.EOF);
    return parts.complete();
  }

  /// Hears what the parser finds. The parser swallows what its listener throws, so a failure is
  /// kept and thrown by `check`.
  private static final class Parts extends MultiPart.AbstractPartsListener {
    private final Reception reception;
    private final FormFields fields;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private @Nullable Exception failure;
    private boolean inFile;
    private boolean hasFile;
    private boolean complete;
    private long overheadBytes;

    Parts(Reception reception, FormFields fields) {
      this.reception = reception;
      this.fields = fields;
    }

    void received(int bytes) {
      overheadBytes += bytes;
    }

    @Override
    public void onPartHeaders() {
      attempt(this::beginPart);
    }

    private void beginPart() {
      String name = getName();
      if (name == null) {
        throw malformed("A part has no name");
      }
      inFile = name.equals("file");
      if (!inFile) {
        FormFields.requireKnown(name);
        return;
      }
      if (hasFile) {
        throw malformed("There is more than one file");
      }
      hasFile = true;
      String fileName = getFileName();
      fields.fileName(fileName == null ? FileName.NONE : FileName.of(fileName));
      fields.details();
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      attempt(() -> content(chunk.getByteBuffer()));
    }

    private void content(ByteBuffer data) throws IOException {
      if (inFile) {
        overheadBytes -= data.remaining();
        reception.accept(data);
        return;
      }
      if (value.size() + data.remaining() > MAX_FIELD_BYTES) {
        throw FormFields.bad("A field has at most " + MAX_FIELD_BYTES + " bytes");
      }
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      value.writeBytes(bytes);
    }

    @Override
    public void onPart(String name, @Nullable String fileName, HttpFields headers) {
      attempt(
          () -> {
            if (!inFile) {
              fields.add(name, text(name, value.toByteArray()));
              value.reset();
            }
          });
    }

    @Override
    public void onComplete() {
      complete = true;
    }

    @Override
    public void onFailure(Throwable parserFailure) {
      attempt(
          () -> {
            throw malformed("The multipart body is malformed: " + parserFailure.getMessage());
          });
    }

    private static String text(String name, byte[] bytes) {
      return Utf8.text(bytes).orElseThrow(() -> FormFields.bad("'" + name + "' is not UTF-8"));
    }

    /// Only the first failure counts.
    private void attempt(Step step) {
      if (failure != null) {
        return;
      }
      try {
        step.run();
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
    }

    void check() throws IOException {
      switch (failure) {
        case null -> {}
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case Exception other -> throw new IllegalStateException(other);
      }
      if (overheadBytes > MAX_OVERHEAD_BYTES) {
        throw new ProblemException(
            new Problem.TooLarge("There are too many bytes around the file"));
      }
    }

    FormFields complete() throws IOException {
      check();
      if (!complete) {
        throw malformed("The multipart body ends early");
      }
      if (!hasFile) {
        throw new ProblemException(
            new Problem.BadRequest("missing_file", "There is no part 'file'"));
      }
      return fields;
    }

    private static ProblemException malformed(String detail) {
      return new ProblemException(new Problem.BadRequest("bad_multipart", detail));
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}

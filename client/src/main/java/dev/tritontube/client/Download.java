package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Corrupt;
import dev.tritontube.client.TritonTubeException.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One file on its way from the server. It grows in a file beside the target whose name has the
/// digest of what it is to be, so what lies there from before is of the same bytes or of none.
final class Download {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int DIGITS = 16;
  private static final Pattern NAME = Pattern.compile("filename\\*=UTF-8''([^;\\s]+)");
  private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");
  private static final Pattern DIGEST = Pattern.compile("\"([0-9a-f]{64})\"");

  private final Requests requests;
  private final String path;
  private final Progress progress;

  Download(Requests requests, String path, Progress progress) {
    this.requests = requests;
    this.path = path;
    this.progress = progress;
  }

  /// What the answer to a HEAD says of a file.
  ///
  /// @param tag names its bytes
  /// @param sha256 of them, in hexadecimal digits; null where that is not known beforehand
  record Wanted(String fileName, long sizeBytes, String tag, @Nullable String sha256) {
    static Wanted of(HttpResponse<byte[]> head) {
      String tag = head.headers().firstValue("ETag").orElse("");
      long size = head.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (!TAG.matcher(tag).matches() || size < 0) {
        throw unexpected(head, "the file has no size or no tag");
      }
      Matcher digest = DIGEST.matcher(tag);
      return new Wanted(
          Download.fileName(head.headers().firstValue("Content-Disposition").orElse("")),
          size,
          tag,
          digest.matches() ? digest.group(1) : null);
    }

    /// What it is called while it grows.
    private String part() {
      String name =
          sha256 == null
              ? HexFormat.of()
                  .formatHex(Sha256.digest().digest(tag.getBytes(StandardCharsets.UTF_8)))
              : sha256;
      return ".tritontube-" + name.substring(0, DIGITS) + ".part";
    }
  }

  private static Refused unexpected(HttpResponse<byte[]> head, String detail) {
    return new Refused(head.statusCode(), "unexpected", detail, "", null);
  }

  /// What the answer to a HEAD says of an uploaded file.
  static Videos.Original original(HttpResponse<byte[]> head) {
    Wanted wanted = Wanted.of(head);
    if (wanted.sha256() == null) {
      throw unexpected(head, "the file has no digest");
    }
    return new Videos.Original(wanted.fileName(), wanted.sizeBytes(), wanted.sha256());
  }

  /// Whatever a server says, it names no other folder and no hidden file.
  private static String fileName(String disposition) {
    Matcher encoded = NAME.matcher(disposition);
    String name = encoded.find() ? decoded(encoded.group(1)) : "";
    String safe = name.replaceAll("[/\\\\:\\p{Cntrl}]", "_").replaceFirst("^\\.+", "_").strip();
    return safe.isEmpty() ? "original" : safe;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// @throws FileAlreadyExistsException when the target is there and is not to be replaced
  Videos.Original to(Path target, List<CopyOption> options, Wanted wanted) throws IOException {
    if (!options.contains(StandardCopyOption.REPLACE_EXISTING) && Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path part = target.resolveSibling(wanted.part());
    String sha256;
    try (FileChannel file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      lock(file, part);
      sha256 = fetch(new Growing(file, wanted.sizeBytes()), wanted);
      file.force(true);
    } catch (Corrupt e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, target, options.toArray(CopyOption[]::new));
    return new Videos.Original(wanted.fileName(), wanted.sizeBytes(), sha256);
  }

  /// Held until the file is closed.
  private static void lock(FileChannel file, Path part) throws IOException {
    try {
      if (file.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException _) {
      // Another thread of this program.
    }
    throw new IOException("another download writes to " + part);
  }

  /// @return the SHA-256 of all
  private String fetch(Growing file, Wanted wanted) throws IOException {
    Attempts attempts = requests.attempts();
    file.readWhatIsThere();
    while (file.have < wanted.sizeBytes()) {
      long before = file.have;
      progress.at(before, wanted.sizeBytes());
      try {
        receive(file, wanted);
      } catch (TritonTubeException e) {
        file.requireWritten();
        if (file.have > before) {
          attempts.succeeded();
        }
        attempts.pauseAfter(e, Attempts.IF_TEMPORARY);
      }
    }
    String sha256 = HexFormat.of().formatHex(file.digest.digest());
    if (wanted.sha256() != null && !sha256.equals(wanted.sha256())) {
      throw new Corrupt(
          "%s: the bytes have the SHA-256 %s, not %s".formatted(path, sha256, wanted.sha256()));
    }
    return sha256;
  }

  private void receive(Growing file, Wanted wanted) throws IOException {
    Call call =
        Call.get(path)
            .header("Range", "bytes=" + file.have + "-")
            .header("If-Range", wanted.tag())
            .into(info -> receiver(info, file))
            .watchedBy(() -> file.have);
    HttpResponse<byte[]> answer = requests.sendOnce(call);
    file.requireWritten();
    if (!answer.headers().firstValue("ETag").orElse("").equals(wanted.tag())) {
      throw new Corrupt(path + " became another file while it was downloaded");
    }
  }

  private BodySubscriber<byte[]> receiver(ResponseInfo info, Growing file) {
    switch (info.statusCode()) {
      case 200 -> file.beginAnew(); // The server sends everything.
      case 206 -> file.goOn(info.headers().firstValue("Content-Range").orElse(""));
      default -> {
        return BodyHandlers.limiting(BodyHandlers.ofByteArray(), BUFFER_BYTES).apply(info);
      }
    }
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(file::write), nothing -> new byte[0]);
  }

  /// The file with what has come, written by one thread at a time.
  private final class Growing {
    private final FileChannel file;
    private final long size;
    private final MessageDigest digest = Sha256.digest();
    private volatile long have;
    private volatile @Nullable IOException failure;

    Growing(FileChannel file, long size) {
      this.file = file;
      this.size = size;
    }

    void readWhatIsThere() throws IOException {
      if (file.size() > size) {
        file.truncate(0);
      }
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
        digest.update(buffer.array(), 0, count);
        came(count);
        buffer.clear();
      }
    }

    /// @param range what the server sends
    void goOn(String range) {
      if (!range.startsWith("bytes " + have + "-")) {
        failure = new IOException(path + ": asked for bytes from " + have + ", got " + range);
      }
    }

    void beginAnew() {
      try {
        file.truncate(0);
        digest.reset();
        have = 0;
      } catch (IOException e) {
        failure = e;
      }
    }

    void write(Optional<byte[]> some) {
      if (some.isEmpty()) {
        return;
      }
      byte[] bytes = some.get();
      try {
        requireWritten();
        if (bytes.length > size - have) {
          throw new IOException(path + " has more bytes than the server said");
        }
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          file.write(left);
        }
        digest.update(bytes);
        came(bytes.length);
        progress.at(have, size);
      } catch (IOException e) {
        failure = e;
        throw new UncheckedIOException(e);
      }
    }

    private void came(int count) {
      long now = have + count;
      have = now;
    }

    /// @throws IOException when it could not be
    void requireWritten() throws IOException {
      IOException failed = failure;
      if (failed != null) {
        throw failed;
      }
    }
  }
}

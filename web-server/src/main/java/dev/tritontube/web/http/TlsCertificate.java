package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate by which the server is known, and what follows from it for TLS: versions 1.2 and
/// 1.3, with the ciphers that Jetty takes for good. Renewed from its files while the server runs.
/// Thread-safe.
public final class TlsCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);
  private static final int MAX_BYTES = 1 << 20;

  private final TlsFiles files;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private Contents known;

  /// Of the files.
  private record Contents(byte[] certificate, byte[] key, byte[] password) {
    static Contents of(TlsFiles files) throws IOException {
      byte[] certificate = read(files.certificate());
      byte[] key = files.key().isPresent() ? read(files.key().get()) : certificate;
      byte[] password =
          files.passwordFile().isPresent() ? read(files.passwordFile().get()) : new byte[0];
      return new Contents(certificate, key, password);
    }

    private static byte[] read(Path file) throws IOException {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is too large for a certificate or a key");
      }
      return Files.readAllBytes(file);
    }

    boolean same(Contents other) {
      return Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key)
          && Arrays.equals(password, other.password);
    }

    Identity identity() throws IOException {
      return Identity.of(certificate, key, new String(password, UTF_8).strip().toCharArray());
    }
  }

  private TlsCertificate(TlsFiles files) throws IOException {
    this.files = files;
    this.known = Contents.of(files);
    Identity identity = known.identity();
    LOG.info("TLS as {}", identity);
    context.setKeyStore(identity.store());
    context.setKeyStorePassword("");
    context.setCipherComparator(HTTP2Cipher.COMPARATOR);
    context.setRenegotiationAllowed(false);
  }

  /// @throws IOException when a file cannot be read or is not what it should be
  public static TlsCertificate open(TlsFiles files) throws IOException {
    return new TlsCertificate(files);
  }

  /// Takes what is in the files now, if it is something else and good: new connections get it, old
  /// ones go on. To be run now and then. Files that are being written are good the next time.
  public synchronized void renew() {
    try {
      Contents now = Contents.of(files);
      if (now.same(known)) {
        return;
      }
      known = now;
      Identity identity = now.identity();
      context.reload(factory -> factory.setKeyStore(identity.store()));
      LOG.info("TLS from now on as {}", identity);
    } catch (Exception e) {
      LOG.warn("The certificate stays as it is; {} cannot be used", files.certificate(), e);
    }
  }

  SslContextFactory.Server context() {
    return context;
  }
}

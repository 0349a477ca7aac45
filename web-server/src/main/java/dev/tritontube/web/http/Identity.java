package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/// Who the server is to its clients: a key, and the certificates that vouch for it.
///
/// @param chain the server's own certificate first
record Identity(PrivateKey key, List<X509Certificate> chain) {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final byte[] PROBE = "probe".getBytes(UTF_8);

  Identity {
    chain = List.copyOf(chain);
  }

  /// @param certificate PEM or PKCS#12
  /// @param key PEM, or the same bytes
  /// @throws IOException when they are not what they should be, or do not belong together
  static Identity of(byte[] certificate, byte[] key, char[] password) throws IOException {
    try {
      Identity identity =
          isPem(certificate)
              ? new Identity(key(key, password), chain(certificate))
              : pkcs12(certificate, password);
      identity.requireMatch();
      return identity;
    } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new IOException("the certificate or its key cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isPem(byte[] bytes) {
    return new String(bytes, UTF_8).contains("-----BEGIN ");
  }

  private static PEMParser pem(byte[] bytes) {
    return new PEMParser(new InputStreamReader(new ByteArrayInputStream(bytes), UTF_8));
  }

  private static List<X509Certificate> chain(byte[] bytes)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    try (PEMParser parser = pem(bytes)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof X509CertificateHolder holder) {
          chain.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
      }
    }
    if (chain.isEmpty()) {
      throw new IOException("there is no certificate in the file of the certificate");
    }
    return chain;
  }

  private static PrivateKey key(byte[] bytes, char[] password)
      throws IOException, OperatorCreationException, PKCSException {
    try (PEMParser parser = pem(bytes)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        @Nullable PrivateKeyInfo info =
            switch (next) {
              case PrivateKeyInfo plain -> plain;
              case PEMKeyPair pair -> pair.getPrivateKeyInfo();
              case PKCS8EncryptedPrivateKeyInfo encrypted ->
                  encrypted.decryptPrivateKeyInfo(
                      new JceOpenSSLPKCS8DecryptorProviderBuilder()
                          .setProvider(PROVIDER)
                          .build(required(password)));
              case PEMEncryptedKeyPair encrypted ->
                  encrypted
                      .decryptKeyPair(
                          new JcePEMDecryptorProviderBuilder()
                              .setProvider(PROVIDER)
                              .build(required(password)))
                      .getPrivateKeyInfo();
              default -> null;
            };
        if (info != null) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    }
    throw new IOException("there is no key in the file of the key");
  }

  private static char[] required(char[] password) throws IOException {
    if (password.length == 0) {
      throw new IOException("the key is encrypted, and there is no file with its password");
    }
    return password;
  }

  private static Identity pkcs12(byte[] bytes, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) each);
        }
        return new Identity(key, chain);
      }
    }
    throw new IOException("there is no key in the PKCS#12 file");
  }

  /// What is signed with the key has to be good by the certificate.
  private void requireMatch() throws GeneralSecurityException, IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(chain.getFirst());
      signature.update(PROBE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException _) {
      // Of another kind: no match either.
    }
    throw new IOException("the key is not that of the first certificate");
  }

  /// The same, in memory, without a password.
  KeyStore store() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    X509Certificate own = chain.getFirst();
    return own.getSubjectX500Principal() + ", valid until " + own.getNotAfter().toInstant();
  }
}

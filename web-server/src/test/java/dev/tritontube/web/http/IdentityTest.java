package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  private static final TestCertificate RSA = TestCertificate.of("RSA", 1);
  private static final TestCertificate EC = TestCertificate.of("EC", 2);
  private static final String PASSWORD = "secret words";

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keysOfAllKindsOfPemAreRead(String algorithm) throws Exception {
    TestCertificate known = algorithm.equals("RSA") ? RSA : EC;
    String certificate = TestCertificate.pem(known.certificate());
    PrivateKey key = known.keys().getPrivate();
    String own = TestCertificate.pem(key);
    assertTrue(own.contains("BEGIN " + algorithm + " PRIVATE KEY"), "PKCS#1, or SEC1");
    String pkcs8 = TestCertificate.pem(new JcaPKCS8Generator(key, null).generate());
    assertTrue(pkcs8.contains("BEGIN PRIVATE KEY"));
    String encrypted =
        TestCertificate.pem(
            new JcaPKCS8Generator(
                    key,
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword(PASSWORD.toCharArray())
                        .build())
                .generate());
    assertTrue(encrypted.contains("BEGIN ENCRYPTED PRIVATE KEY"));
    for (String text : new String[] {own, pkcs8, encrypted, encrypted(key)}) {
      assertSame(known, Identity.of(bytes(certificate), bytes(text), PASSWORD.toCharArray()));
    }
    byte[] both = bytes(own + certificate);
    assertSame(known, Identity.of(both, both, new char[0]));
    byte[] pkcs12 = known.pkcs12(PASSWORD);
    assertSame(known, Identity.of(pkcs12, pkcs12, PASSWORD.toCharArray()));
  }

  /// As old tools do it, with the algorithm in the text's head.
  private static String encrypted(PrivateKey key) throws IOException {
    var text = new java.io.StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          key,
          new JcePEMEncryptorBuilder("AES-256-CBC")
              .setProvider(new BouncyCastleProvider())
              .build(PASSWORD.toCharArray()));
    }
    assertTrue(text.toString().contains("Proc-Type: 4,ENCRYPTED"));
    return text.toString();
  }

  private static void assertSame(TestCertificate known, Identity identity) {
    assertEquals(known.certificate(), identity.chain().getFirst());
    assertEquals(known.keys().getPrivate().getAlgorithm(), identity.key().getAlgorithm());
  }

  @Test
  void whatCannotBeUsedSaysWhy() throws Exception {
    byte[] certificate = bytes(TestCertificate.pem(EC.certificate()));
    byte[] key = bytes(TestCertificate.pem(EC.keys().getPrivate()));
    byte[] other = bytes(TestCertificate.pem(TestCertificate.of("EC", 3).keys().getPrivate()));
    byte[] otherKind = bytes(TestCertificate.pem(RSA.keys().getPrivate()));
    byte[] encrypted = bytes(encrypted(EC.keys().getPrivate()));
    refused("not that of the first certificate", certificate, other, "");
    refused("not that of the first certificate", certificate, otherKind, "");
    refused("no certificate", key, key, "");
    refused("no key", certificate, certificate, "");
    refused("is encrypted", certificate, encrypted, "");
    refused("", certificate, encrypted, "wrong");
    refused("", EC.pkcs12(PASSWORD), new byte[0], "wrong");
    refused("", bytes("nonsense"), bytes("nonsense"), "");
  }

  private static void refused(String why, byte[] certificate, byte[] key, String password) {
    IOException refusal =
        assertThrows(
            IOException.class, () -> Identity.of(certificate, key, password.toCharArray()), why);
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

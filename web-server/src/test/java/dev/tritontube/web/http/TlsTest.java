package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TlsTest {
  private static final TestCertificate OLD = TestCertificate.of("EC", 1);
  private static final TestCertificate NEW = TestCertificate.of("EC", 2);
  private static final byte[] FILE = new byte[3 << 20];
  private static final int HELD = 20;

  static {
    new Random(5).nextBytes(FILE);
  }

  @TempDir private Path folder;
  private final CountDownLatch asked = new CountDownLatch(HELD);
  private final CountDownLatch made = new CountDownLatch(1);
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private TlsCertificate certificate;
  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    write(OLD);
    certificate =
        TlsCertificate.open(
            new TlsFiles(
                folder.resolve("chain.pem"),
                Optional.of(folder.resolve("key.pem")),
                Optional.empty()));
    server = serve(HttpServer.Manners.USUAL.withStrictTransport(Duration.ofDays(365)));
    client = HttpClient.newBuilder().sslContext(TestCertificate.trusting(OLD, NEW)).build();
  }

  private HttpServer serve(HttpServer.Manners manners) {
    return HttpServer.start(
        new HttpServer.Settings(
            "127.0.0.1",
            0,
            Duration.ofSeconds(1),
            manners,
            Optional.of(new HttpServer.Tls(certificate, OptionalInt.of(0)))),
        List.of(ServerBed.plain(), this::routes),
        new SimpleMeterRegistry());
  }

  private void write(TestCertificate known) throws IOException {
    Files.writeString(folder.resolve("chain.pem"), TestCertificate.pem(known.certificate()));
    Files.writeString(folder.resolve("key.pem"), TestCertificate.pem(known.keys().getPrivate()));
  }

  private void routes(io.javalin.router.JavalinDefaultRoutingApi routing) {
    routing.get("/secure", ctx -> Json.answer(ctx, 200, Map.of("secure", ctx.req().isSecure())));
    routing.get(
        "/held",
        ctx -> {
          ports.add(ctx.req().getRemotePort());
          asked.countDown();
          made.await();
        });
    routing.get(
        "/file",
        ctx -> {
          ByteBuffer direct = ByteBuffer.allocateDirect(FILE.length).put(FILE).flip();
          ctx.res().setContentLength(FILE.length);
          HttpOutput output = (HttpOutput) ctx.res().getOutputStream();
          while (direct.hasRemaining()) {
            int length = Math.min(256 << 10, direct.remaining());
            output.write(direct.slice(direct.position(), length));
            direct.position(direct.position() + length);
          }
        });
    routing.ws("/socket", ws -> ws.onConnect(ctx -> ctx.send("hello")));
  }

  @AfterEach
  void stop() {
    made.countDown();
    client.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void speaksWhatTheClientLikes(Version version) throws Exception {
    HttpResponse<byte[]> answer = send(request("/secure").version(version));
    assertEquals(version, answer.version());
    assertEquals("{\"secure\":true}", new String(answer.body()));
    assertEquals(
        "max-age=31536000", answer.headers().firstValue("Strict-Transport-Security").orElseThrow());
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void sendsWhatIsOutsideTheHeap(Version version) throws Exception {
    assertArrayEquals(FILE, send(request("/file").version(version)).body());
  }

  @Test
  void heldRequestsHoldUpNobodyOnTheirConnection() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> held = new ArrayList<>();
    send(request("/secure")); // The connection is there; otherwise each would open one.
    for (int i = 0; i < HELD; i++) {
      held.add(client.sendAsync(request("/held").build(), BodyHandlers.ofByteArray()));
    }
    assertTrue(asked.await(30, TimeUnit.SECONDS));
    assertEquals(200, send(request("/api/v1/words/2000")).statusCode());
    assertTrue(held.stream().noneMatch(CompletableFuture::isDone));
    made.countDown();
    for (var each : held) {
      assertEquals(200, each.get(30, TimeUnit.SECONDS).statusCode());
    }
    assertEquals(1, ports.size(), "connections");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void patienceIsTheSame(Version version) throws Exception {
    server.close();
    server = serve(HttpServer.Manners.USUAL.with(new Patience(Duration.ofSeconds(2), 4096, 1024)));
    send(request("/secure").version(version)); // A full machine may take long to shake hands.
    var held =
        client.sendAsync(request("/held").version(version).build(), BodyHandlers.ofByteArray());
    try (Socket silent = new Socket("127.0.0.1", server.port())) {
      silent.setSoTimeout(20_000);
      assertEquals(-1, silent.getInputStream().read(), "no handshake");
    }
    try (SSLSocket shaken = socket(version == Version.HTTP_2 ? "h2" : "http/1.1")) {
      shaken.startHandshake();
      shaken.getInputStream().readAllBytes();
    } catch (SocketException _) {
      // Reset.
    }
    assertFalse(held.isDone(), () -> String.valueOf(held.handle((a, b) -> a + " " + b).join()));
    made.countDown();
    assertEquals(200, held.get(30, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void aRefusedBodyEndsItsRequestAlone() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<byte[]> answer =
          send(request("/api/v1/echo").POST(BodyPublishers.ofByteArray(FILE)));
      assertEquals(413, answer.statusCode());
      assertEquals(Version.HTTP_2, answer.version());
    }
  }

  @Test
  void webSocketsOpen() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            heard.complete(text.toString());
            return CompletableFuture.completedStage(null);
          }
        };
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("wss://127.0.0.1:" + server.port() + "/socket"), listener)
            .get(30, TimeUnit.SECONDS);
    assertEquals("hello", heard.get(30, TimeUnit.SECONDS));
    socket.abort();
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    assertEquals(1, serial());
    certificate.renew();
    assertEquals(1, serial(), "nothing new");
    Files.writeString(folder.resolve("chain.pem"), TestCertificate.pem(NEW.certificate()));
    certificate.renew();
    assertEquals(1, serial(), "without its key");
    write(NEW);
    certificate.renew();
    assertEquals(2, serial());
    assertEquals(200, send(request("/secure")).statusCode());
    Files.delete(folder.resolve("key.pem"));
    certificate.renew();
    assertEquals(2, serial(), "the files are gone");
  }

  private long serial() throws Exception {
    try (SSLSocket socket = socket()) {
      socket.startHandshake();
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .longValue();
    }
  }

  private SSLSocket socket(String... protocols) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            TestCertificate.trusting(OLD, NEW)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void plainHttpIsSentToTls() throws Exception {
    HttpRequest plain =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.redirectPort().orElseThrow() + "/a?b=c"))
            .build();
    HttpResponse<byte[]> answer = client.send(plain, BodyHandlers.ofByteArray());
    assertEquals(308, answer.statusCode());
    assertEquals(
        "https://127.0.0.1:" + server.port() + "/a?b=c",
        answer.headers().firstValue("Location").orElseThrow());
    assertFalse(answer.headers().firstValue("Strict-Transport-Security").isPresent());
  }

  @Test
  void plainHttpAtThePortOfTlsIsNotAnswered() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      byte[] answer = new byte[0];
      try {
        answer = socket.getInputStream().readAllBytes();
      } catch (SocketException _) {
        // Reset.
      }
      assertFalse(new String(answer).contains("HTTP/1.1"));
    }
  }

  /// Streams that are opened and reset at once cost the server work and the client none
  /// (CVE-2023-44487).
  @Test
  void whoResetsStreamAfterStreamIsSentAway() throws Exception {
    byte[] request = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 1, 'h'}; // GET https / h
    try (SSLSocket socket = socket("h2")) {
      OutputStream output = socket.getOutputStream();
      output.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes());
      output.write(frame(4, 0, 0, new byte[0]));
      assertEquals("h2", socket.getApplicationProtocol());
      DataInputStream input = new DataInputStream(socket.getInputStream());
      boolean gone = false;
      for (int stream = 1; !gone && stream < 2_000_000; stream += 2) {
        output.write(frame(1, 5, stream, request));
        output.write(frame(3, 0, stream, new byte[] {0, 0, 0, 8}));
        if (stream % 50 == 1) {
          output.write(frame(6, 0, 0, new byte[8]));
          gone = goneAway(input);
        }
      }
      assertTrue(gone);
      assertThrows(IOException.class, () -> input.skipNBytes(Long.MAX_VALUE));
    }
  }

  /// RFC 9113, section 4.1.
  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /// Whether there is a GOAWAY before the answer to a PING. Who writes on and on does not see it: a
  /// write that fails ends reading, too.
  private static boolean goneAway(DataInputStream input) throws IOException {
    int type;
    do {
      int length = input.readUnsignedByte() << 16 | input.readUnsignedShort();
      type = input.readUnsignedByte();
      input.skipNBytes(5L + length);
    } while (type != 6 && type != 7);
    return type == 7;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}

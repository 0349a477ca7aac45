package dev.tritontube.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that take their time, at a server with little patience.
@Timeout(60)
class ConnectionsTest {
  private static final HttpServer.Manners HURRIED =
      HttpServer.Manners.USUAL.with(new Patience(Duration.ofMillis(600), 4096, 1024));
  private static final int FILE = 64 << 20;

  @Test
  void whoSendsHeadersByteByByteIsCutOff() throws Exception {
    try (ServerBed bed = new ServerBed(HURRIED, ServerBed.plain());
        Socket socket = bed.socket()) {
      socket.getOutputStream().write("GET /api/v1/words/1 HTTP/1.1\r\nHost: h\r\nA: ".getBytes());
      CompletableFuture<Void> over = dribbled(socket);
      assertEquals("", readAll(socket.getInputStream()), "no answer");
      over.get(20, TimeUnit.SECONDS);
    }
  }

  /// Sends a byte whenever the server has had a moment, until it does not take any more.
  private static CompletableFuture<Void> dribbled(Socket socket) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              CountDownLatch never = new CountDownLatch(1);
              try {
                while (!never.await(50, TimeUnit.MILLISECONDS)) {
                  socket.getOutputStream().write('a');
                }
              } catch (IOException | InterruptedException _) {
                over.complete(null);
              }
            });
    return over;
  }

  @Test
  void whoSendsNothingIsCutOff() throws Exception {
    try (ServerBed bed = new ServerBed(HURRIED, ServerBed.plain());
        Socket silent = bed.socket();
        Socket between = bed.socket()) {
      between.getOutputStream().write("GET /api/v1/words/1 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      assertTrue(readAll(between.getInputStream()).startsWith("HTTP/1.1 200"));
      assertEquals("", readAll(silent.getInputStream()));
    }
  }

  @Test
  void anAnswerThatIsLongInComingIsWaitedFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch made = new CountDownLatch(1);
    Routes held =
        routing ->
            routing.get(
                "/held",
                ctx -> {
                  asked.countDown();
                  made.await();
                  ctx.result("made");
                });
    try (ServerBed bed = new ServerBed(HURRIED, held);
        Socket other = bed.socket();
        Socket socket = bed.socket()) {
      socket
          .getOutputStream()
          .write("GET /held HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes());
      asked.await();
      // Whoever came later and sends nothing is cut off meanwhile.
      assertEquals("", readAll(other.getInputStream()));
      made.countDown();
      assertTrue(readAll(socket.getInputStream()).endsWith("made"));
    }
  }

  @Test
  void aWebSocketOnWhichSomethingMovesGoesOn() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Routes ticking =
        routing ->
            routing.ws(
                "/ticks",
                ws -> {
                  ws.onConnect(
                      ctx ->
                          Thread.ofVirtual()
                              .start(
                                  () -> {
                                    try {
                                      while (!closed.await(100, TimeUnit.MILLISECONDS)) {
                                        ctx.send("tick");
                                      }
                                    } catch (InterruptedException _) {
                                      // Over.
                                    }
                                  }));
                  ws.onClose(_ -> closed.countDown());
                });
    CountDownLatch ticks = new CountDownLatch(25);
    try (ServerBed bed = new ServerBed(HURRIED, ticking)) {
      WebSocket socket =
          bed.client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + bed.server.port() + "/ticks"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean l) {
                      ticks.countDown();
                      from.request(1);
                      return CompletableFuture.completedStage(null);
                    }
                  })
              .get(20, TimeUnit.SECONDS);
      assertTrue(ticks.await(30, TimeUnit.SECONDS));
      socket.abort();
      closed.await();
    }
  }

  @Test
  void whoTakesAnAnswerTooSlowlyIsCutOff() throws Exception {
    CompletableFuture<Boolean> wrote = new CompletableFuture<>();
    // A MiB within 2.1 s; the client takes 50 KiB a second.
    HttpServer.Manners brisk =
        HttpServer.Manners.USUAL.with(new Patience(Duration.ofSeconds(2), 10 << 20, 1024));
    try (ServerBed bed = new ServerBed(brisk, file(wrote));
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress("127.0.0.1", bed.server.port()));
      socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      CountDownLatch never = new CountDownLatch(1);
      int taken = 0;
      // A little at a time: never idle for long, never done.
      while (!wrote.isDone() && taken < FILE) {
        taken += Math.max(0, socket.getInputStream().read(new byte[1024]));
        never.await(20, TimeUnit.MILLISECONDS);
      }
      assertEquals(false, wrote.get(20, TimeUnit.SECONDS), "the route was told");
    }
  }

  @Test
  void whoTakesItAtSomePaceIsNot() throws Exception {
    CompletableFuture<Boolean> wrote = new CompletableFuture<>();
    try (ServerBed bed = new ServerBed(HURRIED, file(wrote));
        Socket socket = bed.socket()) {
      socket
          .getOutputStream()
          .write("GET /file HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes());
      long taken = socket.getInputStream().skip(Long.MAX_VALUE);
      assertTrue(taken > FILE, taken + " bytes");
      assertTrue(wrote.get(20, TimeUnit.SECONDS));
    }
  }

  /// @param wrote whether all was taken
  private static Routes file(CompletableFuture<Boolean> wrote) {
    return routing ->
        routing.get(
            "/file",
            ctx -> {
              ctx.res().setContentLength(FILE);
              HttpOutput output = (HttpOutput) ctx.res().getOutputStream();
              try {
                ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
                for (int left = FILE; left > 0; left -= piece.capacity()) {
                  output.write(piece.duplicate());
                }
                wrote.complete(true);
              } catch (IOException e) {
                wrote.complete(false);
                throw e;
              }
            });
  }

  @Test
  void oneAddressHasSoManyConnections() throws Exception {
    HttpServer.Manners few =
        HttpServer.Manners.USUAL.with(new Patience(Duration.ofSeconds(30), 4096, 3));
    try (ServerBed bed = new ServerBed(few, ServerBed.plain())) {
      List<Socket> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Socket socket = bed.socket();
        taken.add(socket);
        assertTrue(answers(socket));
      }
      try (Socket tooMany = bed.socket()) {
        assertEquals(false, answers(tooMany));
      }
      taken.removeFirst().close();
      Eventually.holds(
          "a place is free again",
          () -> {
            try (Socket socket = bed.socket()) {
              return answers(socket);
            }
          });
      for (Socket socket : taken) {
        socket.close();
      }
    }
  }

  private static boolean answers(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write("HEAD /page HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(ISO_8859_1));
      byte[] start = socket.getInputStream().readNBytes(12);
      return new String(start, ISO_8859_1).startsWith("HTTP/1.1 ");
    } catch (SocketException _) {
      return false;
    }
  }

  /// What came before the end, whichever way it ended.
  private static String readAll(InputStream input) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      for (int next = input.read(); next >= 0; next = input.read()) {
        text.append((char) next);
      }
    } catch (SocketException _) {
      // Reset.
    }
    return text.toString();
  }
}

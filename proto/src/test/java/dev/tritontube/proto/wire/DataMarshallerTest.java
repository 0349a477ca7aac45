package dev.tritontube.proto.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.GetResponse;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DataMarshallerTest {
  private static final Marshaller<PutMessage> PUT = DataPlane.PUT.getRequestMarshaller();
  private static final Marshaller<GetMessage> GET = DataPlane.GET.getResponseMarshaller();
  private static final PutHeader HEADER =
      PutHeader.newBuilder()
          .setKey("a/b/c")
          .setEpoch(7)
          .setLength(100_000)
          .setCrc32C(0xCAFEBABE)
          .addMissingOn("0123456789abcdef")
          .build();

  @Test
  void writesWhatTheGeneratedClassReads() throws IOException {
    byte[] data = random(100_000);
    PutMessage message = PutMessage.first(HEADER, direct(data));

    PutRequest read = PutRequest.parseFrom(drained(PUT.stream(message)));

    assertEquals(HEADER, read.getHeader());
    assertArrayEquals(data, read.getData().toByteArray());
  }

  @Test
  void writesTheSameBytesAsTheGeneratedClass() throws IOException {
    byte[] data = random(300);
    PutRequest generated =
        PutRequest.newBuilder().setHeader(HEADER).setData(ByteString.copyFrom(data)).build();

    assertArrayEquals(
        generated.toByteArray(),
        drained(PUT.stream(PutMessage.first(HEADER, ByteBuffer.wrap(data)))));
    assertArrayEquals(
        generated.toByteArray(), PUT.stream(PutMessage.first(HEADER, direct(data))).readAllBytes());
    assertArrayEquals(
        PutRequest.getDefaultInstance().toByteArray(),
        drained(PUT.stream(PutMessage.more(ByteBuffer.allocate(0)))));
  }

  @Test
  void readsHeaderAndDataFromPiecesOfAnySize() {
    byte[] data = random(5000);
    byte[] wire =
        PutRequest.newBuilder()
            .setHeader(HEADER)
            .setData(ByteString.copyFrom(data))
            .build()
            .toByteArray();

    for (int pieceBytes : new int[] {1, 2, 7, 64, 1000, wire.length}) {
      PiecewiseStream stream = PiecewiseStream.of(wire, pieceBytes, piece -> true);
      PutMessage message = PUT.parse(stream);

      assertEquals(Optional.of(HEADER), message.header());
      assertEquals(data.length, message.dataBytes());
      assertArrayEquals(data, bytes(message.data()));
      assertFalse(stream.released());
      message.close();
      assertTrue(stream.released());
    }
  }

  @Test
  void copiesOnlyFromThePieceOnThatHasNoBuffer() {
    byte[] data = random(4000);
    byte[] wire = GetResponse.newBuilder().setData(ByteString.copyFrom(data)).build().toByteArray();
    PiecewiseStream stream = PiecewiseStream.of(wire, 1000, piece -> piece < 3);

    GetMessage message = GET.parse(stream);

    assertArrayEquals(data, bytes(message.data()));
    assertTrue(message.data().getFirst().isDirect());
    assertFalse(message.data().getLast().isDirect());
  }

  @Test
  void readsStreamsThatHaveNoBuffersAtAll() {
    byte[] data = random(900);
    GetResponse response =
        GetResponse.newBuilder()
            .setInfo(BlobInfo.newBuilder().setLength(900).setCrc32C(-1))
            .setData(ByteString.copyFrom(data))
            .build();

    GetMessage message = GET.parse(new ByteArrayInputStream(response.toByteArray()));

    assertEquals(Optional.of(response.getInfo()), message.info());
    assertArrayEquals(data, bytes(message.data()));
  }

  @Test
  void skipsUnknownFieldsOfEveryWireType() throws IOException {
    UnknownFieldSet.Field everyType =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(-1)
            .addFixed32(1)
            .addFixed64(2)
            .addLengthDelimited(ByteString.copyFromUtf8("later"))
            .addGroup(
                UnknownFieldSet.newBuilder()
                    .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                    .build())
            .build();
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder().addField(2, everyType).addField(77, everyType).build();
    byte[] known =
        PutRequest.newBuilder()
            .setHeader(HEADER)
            .setData(ByteString.copyFromUtf8("data"))
            .build()
            .toByteArray();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    unknown.writeTo(wire);
    wire.write(known);
    unknown.writeTo(wire);

    PutMessage message = PUT.parse(PiecewiseStream.of(wire.toByteArray(), 5, piece -> true));

    assertEquals(Optional.of(HEADER), message.header());
    assertArrayEquals("data".getBytes(), bytes(message.data()));
  }

  @Test
  void mergesRepeatedHeadersAndKeepsTheLastData() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    PutRequest.newBuilder()
        .setHeader(PutHeader.newBuilder().setKey("k"))
        .setData(ByteString.copyFromUtf8("first"))
        .build()
        .writeTo(wire);
    PutRequest.newBuilder()
        .setHeader(PutHeader.newBuilder().setEpoch(9))
        .setData(ByteString.copyFromUtf8("second"))
        .build()
        .writeTo(wire);

    PutMessage message = PUT.parse(new ByteArrayInputStream(wire.toByteArray()));

    PutRequest generated = PutRequest.parseFrom(wire.toByteArray());
    assertEquals(Optional.of(generated.getHeader()), message.header());
    assertArrayEquals(generated.getData().toByteArray(), bytes(message.data()));
  }

  @Test
  void refusesDamagedMessagesAndReleasesThem() {
    byte[] wire =
        PutRequest.newBuilder()
            .setHeader(HEADER)
            .setData(ByteString.copyFrom(random(100)))
            .build()
            .toByteArray();
    for (int length : new int[] {1, 5, wire.length - 1}) {
      PiecewiseStream stream = PiecewiseStream.of(Arrays.copyOf(wire, length), 10, piece -> true);
      assertThrows(StatusRuntimeException.class, () -> PUT.parse(stream));
      assertTrue(stream.released());
    }
    for (byte[] bad : new byte[][] {{0}, {4}, {12}, {0x1A, (byte) 0xFF, -1, -1, -1, 0x0F}}) {
      assertThrows(StatusRuntimeException.class, () -> PUT.parse(new ByteArrayInputStream(bad)));
    }
  }

  @Test
  void anyDamagedByteEitherParsesOrIsRefused() {
    byte[] wire =
        PutRequest.newBuilder()
            .setHeader(HEADER)
            .setData(ByteString.copyFrom(random(40)))
            .build()
            .toByteArray();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = wire.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      PiecewiseStream stream = PiecewiseStream.of(damaged, 9, piece -> true);
      try (PutMessage message = PUT.parse(stream)) {
        assertTrue(message.dataBytes() <= damaged.length);
      } catch (StatusRuntimeException expected) {
        assertEquals(io.grpc.Status.Code.INTERNAL, expected.getStatus().getCode());
      }
      assertTrue(stream.released());
    }
  }

  @Test
  void closingTheStreamReleasesTheMessageOnce() throws IOException {
    AtomicInteger released = new AtomicInteger();
    GetMessage message =
        GetMessage.of(Optional.empty(), ByteBuffer.allocate(10), released::incrementAndGet);

    try (InputStream stream = GET.stream(message)) {
      assertEquals(12, stream.available());
    }
    message.close();

    assertEquals(1, released.get());
  }

  private static byte[] drained(InputStream stream) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int known = stream.available();
    int drained = ((io.grpc.Drainable) stream).drainTo(out);
    assertEquals(known, drained);
    assertEquals(drained, out.size());
    return out.toByteArray();
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] bytes(List<ByteBuffer> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer piece : pieces) {
      byte[] copy = new byte[piece.remaining()];
      piece.duplicate().get(copy);
      out.writeBytes(copy);
    }
    return out.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}

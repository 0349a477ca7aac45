package dev.tritontube.proto.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one data message by the rules of protobuf: fields in any order, unknown ones skipped, a
/// repeated head merged, of repeated data the last one kept.
///
/// The data stays where it is; only the head is copied.
final class DataMessageParser<H extends MessageLite> {
  static final int HEAD_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  static final int DATA_TAG = 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int MAX_GROUP_DEPTH = 16;

  private final H emptyHead;
  private final DetachedInput input;
  private @Nullable H head;
  private List<ByteBuffer> data = List.of();

  DataMessageParser(H emptyHead, DetachedInput input) {
    this.emptyHead = emptyHead;
    this.input = input;
  }

  @Nullable H head() {
    return head;
  }

  List<ByteBuffer> data() {
    return data;
  }

  void parse() throws IOException {
    while (input.available() > 0) {
      int tag = readVarint32();
      switch (tag) {
        case HEAD_TAG -> mergeHead(input.readBytes(readLength()));
        case DATA_TAG -> data = input.slices(readLength());
        default -> skipField(tag, 0);
      }
    }
  }

  private void mergeHead(byte[] bytes) throws IOException {
    MessageLite merged =
        (head == null ? emptyHead : head).toBuilder().mergeFrom(bytes).buildPartial();
    head = headOf(merged);
  }

  @SuppressWarnings("unchecked") // a builder of H builds H
  private H headOf(MessageLite built) {
    return (H) built;
  }

  private void skipField(int tag, int depth) throws IOException {
    if (WireFormat.getTagFieldNumber(tag) == 0) {
      throw new InvalidProtocolBufferException("field number 0");
    }
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> readVarint64();
      case WireFormat.WIRETYPE_FIXED64 -> input.skip(8);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> input.skip(readLength());
      case WireFormat.WIRETYPE_START_GROUP -> skipGroup(tag, depth + 1);
      case WireFormat.WIRETYPE_FIXED32 -> input.skip(4);
      default -> throw new InvalidProtocolBufferException("wire type of tag " + tag);
    }
  }

  private void skipGroup(int startTag, int depth) throws IOException {
    if (depth > MAX_GROUP_DEPTH) {
      throw new InvalidProtocolBufferException("groups deeper than " + MAX_GROUP_DEPTH);
    }
    int endTag = (startTag & ~7) | WireFormat.WIRETYPE_END_GROUP;
    for (int tag = readVarint32(); tag != endTag; tag = readVarint32()) {
      skipField(tag, depth);
    }
  }

  private int readLength() throws IOException {
    int length = readVarint32();
    if (length < 0 || length > input.available()) {
      throw new EOFException(
          "a field of " + length + " bytes where " + input.available() + " are left");
    }
    return length;
  }

  private int readVarint32() throws IOException {
    return CodedInputStream.readRawVarint32(input.read(), input.stream());
  }

  private void readVarint64() throws IOException {
    for (int i = 0; i < 10; i++) {
      if (input.read() < 0x80) {
        return;
      }
    }
    throw new InvalidProtocolBufferException("a varint of more than 10 bytes");
  }
}

package dev.tritontube.bench.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What people upload: how ffmpeg makes it, and how the same video becomes other bytes.
enum Format {
  H264("H.264 in MP4", "mp4", 60, List.of("libx264", "-preset", "superfast"), "aac"),
  HEVC("HEVC in MP4", "mp4", 10, List.of("libx265", "-preset", "ultrafast"), "aac"),
  VP9("VP9 in WebM", "webm", 10, List.of("libvpx-vp9", "-deadline", "realtime"), "libopus"),
  TS("H.264 in MPEG-TS", "ts", 10, List.of("libx264", "-preset", "superfast"), "aac");

  private static final int TS_PACKET_BYTES = 188;

  private final String title;
  private final String extension;
  private final int pieceSeconds;
  private final List<String> encoder;
  private final String audioEncoder;

  Format(
      String title, String extension, int pieceSeconds, List<String> encoder, String audioEncoder) {
    this.title = title;
    this.extension = extension;
    this.pieceSeconds = pieceSeconds;
    this.encoder = encoder;
    this.audioEncoder = audioEncoder;
  }

  String title() {
    return title;
  }

  String extension() {
    return extension;
  }

  /// The longest piece that is encoded; what is longer repeats it.
  int pieceSeconds() {
    return pieceSeconds;
  }

  /// Pictures of 9 Mb/s with a key frame every 250, as cameras and screen recorders make them.
  List<String> videoOptions() {
    List<String> options = new ArrayList<>(List.of("-pix_fmt", "yuv420p", "-g", "250", "-c:v"));
    options.addAll(encoder);
    options.addAll(List.of("-b:v", "9M", "-maxrate", "11M", "-bufsize", "11M"));
    options.addAll(
        switch (this) {
          case H264, TS -> List.of("-bf", "2");
          case HEVC -> List.of("-tag:v", "hvc1", "-x265-params", "log-level=error");
          case VP9 -> List.of("-cpu-used", "8", "-row-mt", "1");
        });
    return options;
  }

  List<String> audioOptions() {
    return List.of("-c:a", audioEncoder, "-b:a", "160k");
  }

  /// Bytes that may follow a file and that every demuxer skips; others for each number.
  byte[] filler(long number) {
    return switch (this) {
      // A box of type "free".
      case H264, HEVC ->
          ByteBuffer.allocate(16).putInt(16).putInt(0x66726565).putLong(number).array();
      // An element of type Void.
      case VP9 -> ByteBuffer.allocate(10).put((byte) 0xEC).put((byte) 0x88).putLong(number).array();
      // A null packet.
      case TS -> ByteBuffer.allocate(TS_PACKET_BYTES).putInt(0x471FFF10).putLong(number).array();
    };
  }
}

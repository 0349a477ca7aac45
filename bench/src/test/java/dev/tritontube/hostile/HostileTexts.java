package dev.tritontube.hostile;

import static dev.tritontube.hostile.Bytes.joined;
import static dev.tritontube.hostile.Bytes.of;
import static dev.tritontube.hostile.Crafted.CORRUPT;
import static dev.tritontube.hostile.Crafted.PLAYS;
import static dev.tritontube.hostile.Crafted.REFUSED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Playlists and scripts that name other files, what is no media at all, and what is several things
/// at once.
final class HostileTexts {
  private final byte[] clip;
  private final Canary canary;
  private final List<Crafted> files = new ArrayList<>();

  HostileTexts(byte[] clip, Canary canary) {
    this.clip = clip;
    this.canary = canary;
  }

  List<Crafted> files() throws IOException {
    playlists();
    others();
    polyglots();
    return files;
  }

  private void add(String name, byte[] file, String outcome) {
    files.add(new Crafted(name, file, outcome));
  }

  private void playlists() {
    String file = canary.file().toUri().toString();
    String web = canary.address("listed.ts");
    add(
        "m3u8 of a file",
        of("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + file + "\n"),
        REFUSED);
    add("m3u8 of an address", of("#EXTM3U\n#EXTINF:1,\n" + web + "\n#EXT-X-ENDLIST\n"), REFUSED);
    add(
        "mpd",
        of(
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><BaseURL>"
                + web
                + "</BaseURL></MPD>"),
        REFUSED);
    add("ffconcat", of("ffconcat version 1.0\nfile '" + canary.file() + "'\n"), REFUSED);
    add("concat script", of("file '" + file + "'\n"), REFUSED);
    add("smil", of("<smil><body><video src=\"" + web + "\"/></body></smil>"), REFUSED);
    add(
        "asx",
        of("<asx version=\"3.0\"><entry><ref href=\"" + web + "\"/></entry></asx>"),
        REFUSED);
    add(
        "sdp",
        of(
            "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video "
                + canary.port()
                + " RTP/AVP 96\n"),
        REFUSED);
    add("rtsp text", of("RTSPtext\nrtsp://127.0.0.1:" + canary.port() + "/x\n"), REFUSED);
    add("pls", of("[playlist]\nFile1=" + file + "\n"), REFUSED);
    add("svg", of("<svg xmlns:xlink=\"x\"><image xlink:href=\"" + file + "\"/></svg>"), REFUSED);
    add(
        "ass",
        of("[Script Info]\n; " + file + "\n[Fonts]\nfontname: " + canary.file() + "\n"),
        REFUSED);
    add("srt", of("1\n00:00:00,000 --> 00:00:01,000\n<img src=\"" + web + "\">\n"), REFUSED);
  }

  private void others() throws IOException {
    add("four bytes", new byte[4], REFUSED);
    add("zeros", new byte[5_000], REFUSED);
    add("zip", zip(), REFUSED);
    add("tar", joined(of("file"), new byte[253], of("ustar\00000"), new byte[900]), REFUSED);
    add("gzip", joined(new byte[] {0x1F, (byte) 0x8B, 8}, new byte[100]), REFUSED);
    add("png of 30,000 x 30,000", Pictures.png(30_000), REFUSED);
    add("gif", of("GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0;"), REFUSED);
    add("webp", of("RIFF\0\0\0\1WEBPVP8 \0\0\0\0"), REFUSED);
    add("avif", joined(Boxes.box("ftyp", of("avif\0\0\0\0avif")), new byte[100]), REFUSED);
    add("font", joined(new byte[] {0, 1, 0, 0}, new byte[200]), REFUSED);
    add("pdf", of("%PDF-1.7\n/URI (" + canary.address("x") + ")\n"), REFUSED);
    add("program", joined(of("\u007fELF\2\1\1"), new byte[200]), REFUSED);
    add("script", of("#!/bin/sh\ncat " + canary.file() + "\n"), REFUSED);
  }

  private void polyglots() throws IOException {
    byte[] jpeg = new Bytes().u16(0xFFD8).u16(0xFFFE).u16(20).add(new byte[18]).toArray();
    add("jpeg, then mp4", joined(jpeg, clip), REFUSED);
    add("mp4, then zip", joined(clip, zip()), PLAYS);
    byte[] page = of("<html><script src=\"" + canary.address("x.js") + "\"></script></html>");
    add(
        "mp4 with a page in it",
        joined(Boxes.part(clip, "ftyp"), Boxes.box("skip", page), moved(8 + page.length)),
        PLAYS);
    byte[] playlist = of("\n#EXTM3U\n#EXTINF:1,\n" + canary.file().toUri() + "\n");
    add("mp4, then a playlist", joined(clip, playlist), PLAYS);
    add("ftyp, then a playlist", joined(Boxes.part(clip, "ftyp"), playlist), CORRUPT);
    add(
        "mp4 with a playlist in its first box",
        joined(Boxes.box("free", playlist), Boxes.part(clip, "ftyp"), moved(8 + playlist.length)),
        PLAYS);
  }

  /// All but the first box, for a place further behind.
  private byte[] moved(int bytes) {
    byte[] changed = clip;
    for (int track = 0; track < 2; track++) {
      String table = "moov/trak[" + track + "]/mdia/minf/stbl/stco";
      int at = Boxes.at(clip, table);
      int chunks = Boxes.size(clip, at + 12);
      for (int i = 0; i < chunks; i++) {
        changed =
            Boxes.with(
                changed, table, 16 + 4 * i, Boxes.size(clip, at + 16 + 4 * i) + (long) bytes);
      }
    }
    return java.util.Arrays.copyOfRange(changed, Boxes.size(clip, 0), changed.length);
  }

  private byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../" + Canary.NAME));
      zip.write(clip);
    }
    return bytes.toByteArray();
  }
}

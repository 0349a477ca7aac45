package dev.tritontube.conformance;

import java.util.Locale;

/// What is checked, with where it is written. "Apple" is the "HLS authoring specification for Apple
/// devices" of June 2025.
public enum Rule {
  FILES_SERVED("every file that a manifest names is served", "RFC 9110"),
  SAME_FILES("both manifests name the same files", "decision 0004"),

  MPD_SCHEMA("the MPD keeps to its schema", "ISO/IEC 23009-1, 5.3 and 5.8"),
  MPD_DURATION("the presentation is as long as its timelines", "ISO/IEC 23009-1, 5.3.1.2"),
  MPD_TIMELINE("announced segments follow each other", "ISO/IEC 23009-1, 5.3.9.6"),
  MPD_LONGEST("maxSegmentDuration is kept", "ISO/IEC 23009-1, 5.3.1.2"),
  MPD_ALIGNMENT("segments of an adaptation set begin together", "ISO/IEC 23009-1, 5.3.3.2"),
  MPD_CODECS("codecs are those of the sample entry", "ISO/IEC 23009-1, 5.3.7.2; RFC 6381"),
  MPD_PICTURES("size and frame rate are those of the pictures", "ISO/IEC 23009-1, 5.3.7.2"),
  MPD_SOUND("sampling rate and channels are those of the sound", "ISO/IEC 23009-1, 5.3.7.2"),
  MPD_BANDWIDTH(
      "a line of bandwidth never starves a player that began minBufferTime after the first bit",
      "ISO/IEC 23009-1, 5.3.5.2 and 5.3.5.4"),
  MPD_IMAGES("sheets of images are as large and divided as is said", "DASH-IF IOP 4.3, 6.2.6"),

  MPD_TEXT(
      "words are WebVTT in one file, with a language and a purpose",
      "DASH-IF IOP 4.3, 6.4; ISO/IEC 23009-1, 5.8.5.5"),

  INIT_BRANDS("brands are those of CMAF", "ISO/IEC 23000-19 (CMAF)"),
  INIT_BOXES("an init segment is ftyp and moov, of one track", "ISO/IEC 23000-19 (CMAF)"),
  INIT_EMPTY("an init segment describes no samples", "ISO/IEC 23000-19 (CMAF)"),
  INIT_EXTENDS("mvex has a trex of the track", "ISO/IEC 14496-12, 8.8.1 and 8.8.3"),
  INIT_TIME("the timescale is the manifest's; nothing is shifted by edits", "decision 0004"),

  SEGMENT_BOXES(
      "a segment is moof and mdat, in turns, to its last byte", "ISO/IEC 23000-19 (CMAF)"),
  SEGMENT_SEQUENCE("sequence numbers go up", "ISO/IEC 14496-12, 8.8.5"),
  SEGMENT_TRACK("a fragment is of one track, its offsets from its moof", "ISO/IEC 23000-19 (CMAF)"),
  SEGMENT_DATA(
      "samples fill their mdat in order", "ISO/IEC 14496-12, 8.8.8; ISO/IEC 23000-19 (CMAF)"),
  SEGMENT_TIME(
      "a segment begins when the manifest says", "ISO/IEC 23009-1, 5.3.9.6; 14496-12, 8.8.12"),
  SEGMENT_DURATION("a segment lasts as long as the manifest says", "ISO/IEC 23009-1, 5.3.9.6"),
  SEGMENT_CONTINUOUS(
      "no gap and no overlap between fragments", "ISO/IEC 23000-19 (CMAF); Apple 7.1, 7.3"),
  SEGMENT_PRESENTATION(
      "the first picture of a segment is shown when the segment begins",
      "ISO/IEC 23000-19 (CMAF), trun version 1"),
  SEGMENT_SAP("a segment begins with a sync sample", "ISO/IEC 23009-1, 5.3.3.2 (startWithSAP)"),
  SEGMENT_IDR("a segment of pictures begins with an IDR picture", "Apple 7.4"),
  FRAME_COUNT("as many samples as the length needs", "ISO/IEC 23009-1, 5.3.7.2 (frameRate)"),

  HLS_SYNTAX("a playlist has the tags that it must have, and known ones", "RFC 8216, 4.3"),
  HLS_VOD("a playlist is complete and says so", "Apple 8.6; RFC 8216, 4.3.3.4"),
  HLS_MAP("a playlist names an init segment", "Apple 8.20"),
  HLS_TARGET("no segment is longer than the target duration", "RFC 8216, 4.3.3.1; Apple 7.7"),
  HLS_SAME_TARGET("all playlists have one target duration", "Apple 8.2; RFC 8216, 6.2.4"),
  HLS_SAME_LENGTH("all playlists are equally long", "Apple 8.3, 8.7"),
  HLS_EXTINF("lengths add up to those of the segments", "Apple 8.1"),
  HLS_ALIGNED("variants have their segments at the same times", "Apple 8.22"),
  HLS_CONTINUOUS("discontinuities are marked, all at the same times", "Apple 8.13, 8.15"),
  HLS_INDEPENDENT("segments are said to be independent", "Apple 9.11"),
  HLS_CODECS("variants name all codecs of their media, no other", "Apple 9.1"),
  HLS_RESOLUTION("variants have the size of their pictures", "Apple 9.2"),
  HLS_FRAME_RATE("variants have the rate of their pictures, 60 at most", "Apple 9.15, 1.19"),
  HLS_AVERAGE("the average bit rate is given, and right within a tenth", "Apple 9.14, 1.26"),
  HLS_PEAK("the peak bit rate is right within a tenth", "Apple 1.27, 9.13; RFC 8216, 4.1"),
  HLS_VARIANTS("there is a choice of bit rates", "Apple 9.9"),
  HLS_ASPECT("all variants have one shape", "Apple 1.33"),
  HLS_PROFILE(
      "pictures are H.264 (avc1, High 5.2 at most), HEVC (hvc1, Main) or AV1 (av01, Main)",
      "Apple 1.1, 1.3b, 1.10"),
  HLS_STEREO("there is AAC in stereo", "Apple 2.3, 2.17"),
  HLS_GROUPS("variants refer to groups that are there", "RFC 8216, 4.3.4.2.1; Apple 8.9"),
  HLS_RENDITIONS("renditions have distinct names and one default", "RFC 8216, 4.3.4.1"),
  HLS_LANGUAGE("renditions have a language", "Apple 8.10"),
  HLS_TEXT("segments of words are WebVTT on the clock of the media", "RFC 8216, 3.5; Apple 5.1"),
  HLS_IMAGES(
      "sheets of images are divided as is said, up to the end",
      "Image Media Playlist (Disney, WarnerMedia)"),
  HLS_GZIP("playlists are compressed", "Apple 10.1"),
  HLS_TYPES("files have their media types", "Apple 10.4"),
  HLS_DIRECT("nothing is redirected", "Apple 8.18");

  private final String words;
  private final String source;

  Rule(String words, String source) {
    this.words = words;
    this.source = source;
  }

  /// As in reports, for ever: `mpd-bandwidth`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String words() {
    return words;
  }

  public String source() {
    return source;
  }
}

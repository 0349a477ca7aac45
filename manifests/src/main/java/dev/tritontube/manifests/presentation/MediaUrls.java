package dev.tritontube.manifests.presentation;

/// Where the files of one revision, and of the words over it, are, relative to the manifests of its
/// video:
///
/// ```
/// manifest.mpd
/// master.m3u8
/// media/{revision}/{representation}.m3u8
/// media/{revision}/{representation}/init.mp4
/// media/{revision}/{representation}/{number}.m4s
/// media/{revision}/{images}/{number}.jpg
/// text/{track}.vtt
/// text/{track}.m3u8
/// text/{track}/{number}.vtt
/// ```
public record MediaUrls(String revision) {
  public MediaUrls {
    Names.check("revision", revision);
  }

  /// From the MPD and the multivariant playlist.
  public String playlist(String representation) {
    return "media/" + revision + "/" + representation + ".m3u8";
  }

  /// From the MPD.
  public String initialization(String representation) {
    return "media/" + revision + "/" + initializationBeside(representation);
  }

  /// From the MPD.
  public String segment(String representation, String number) {
    return "media/" + revision + "/" + segmentBeside(representation, number);
  }

  /// From the MPD, and whatever else lies beside it.
  public String sheet(String images, String number) {
    return "media/" + revision + "/" + sheetBeside(images, number);
  }

  /// From the representation's media playlist.
  public String initializationBeside(String representation) {
    return representation + "/init.mp4";
  }

  /// From the representation's media playlist.
  public String segmentBeside(String representation, String number) {
    return representation + "/" + number + ".m4s";
  }

  /// From the MPD.
  public String text(String track) {
    return "text/" + track + ".vtt";
  }

  /// From the multivariant playlist.
  public String textPlaylist(String track) {
    return "text/" + track + ".m3u8";
  }

  /// From the track's media playlist.
  public String textSegmentBeside(String track, long number) {
    return track + "/" + number + ".vtt";
  }

  /// From the images' media playlist.
  public String sheetBeside(String images, String number) {
    return images + "/" + number + ".jpg";
  }
}

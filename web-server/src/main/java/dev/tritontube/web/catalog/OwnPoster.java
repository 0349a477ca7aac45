package dev.tritontube.web.catalog;

import dev.tritontube.ring.BlobKey;

/// The picture that the owner of a video chose for it.
///
/// @param name of its blob, among the posters that the video ever had
public record OwnPoster(String name, long bytes) {
  /// The number of the picture that was uploaded, as it came. What is made of it has others.
  public static final int UPLOAD = 0;

  static String name(PosterId id, int number) {
    return id + "-" + number;
  }

  public BlobKey key(VideoId video) {
    return key(video, name);
  }

  /// One of the blobs that there may be of a poster.
  public static BlobKey key(VideoId video, PosterId id, int number) {
    return key(video, name(id, number));
  }

  private static BlobKey key(VideoId video, String name) {
    return new BlobKey("v/" + video + "/poster/" + name);
  }
}

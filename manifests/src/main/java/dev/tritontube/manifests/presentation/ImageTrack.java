package dev.tritontube.manifests.presentation;

/// Small pictures at equal distances, the first at the beginning of the period: what is shown while
/// somebody looks for a place. Many are on a sheet, in rows from left to right; all sheets have as
/// many, the last one empty places after its last picture.
///
/// @param id unique among the period's representations; stands in the addresses of the sheets
/// @param width of one picture in pixels
/// @param columns pictures in a row of a sheet
/// @param seconds from one picture to the next
/// @param count of all pictures
/// @param bandwidth of the largest sheet, in bits a second
public record ImageTrack(
    String id,
    int width,
    int height,
    int columns,
    int rows,
    int seconds,
    int count,
    long bandwidth) {
  public ImageTrack {
    Names.check("representation", id);
    if (width < 1 || height < 1 || columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "images %s: %dx%d pixels, %dx%d on a sheet".formatted(id, width, height, columns, rows));
    }
    if (seconds < 1 || count < 1 || bandwidth < 1) {
      throw new IllegalArgumentException(
          "images %s: %d of them, %d s, %d bits a second".formatted(id, count, seconds, bandwidth));
    }
  }

  public int onSheet() {
    return columns * rows;
  }

  public int sheets() {
    return Math.ceilDiv(count, onSheet());
  }

  /// For how long a full sheet lasts.
  public int sheetSeconds() {
    return onSheet() * seconds;
  }
}

package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.SourceMedia.Colour;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The picture filters: size, colour, deinterlacing. HDR is tone-mapped in linear light where
/// ffmpeg has zscale, else taken as it is, which looks flat.
///
/// @param zscale whether this ffmpeg has the zscale filter
record Filters(boolean zscale) {
  /// After it, what JPEG files want: the matrix of BT.601 and the full range.
  static final String JFIF = ",scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p";

  private static final String TONE_MAP =
      "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,"
          + "zscale=t=bt709:m=bt709:r=tv,format=yuv420p";
  private static final Set<String> OLD_MATRICES =
      Set.of("smpte170m", "bt470bg", "fcc", "smpte240m");

  /// From a decoded picture to one of the rung's size in 8-bit BT.709 with square pixels.
  String picture(Colour colour, boolean interlaced, Rung rung) {
    return deinterlacing(interlaced) + picture(colour, new ShownSize(rung.width(), rung.height()));
  }

  /// What stands before other filters.
  static String deinterlacing(boolean interlaced) {
    return interlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";
  }

  /// The same of what is not interlaced (any more), in any size; of HDR in an even one.
  String picture(Colour colour, ShownSize shown) {
    String size = shown.width() + ":" + shown.height();
    if (colour.hdr() && zscale) {
      return "scale=" + size + ":flags=bicubic,setsar=1," + TONE_MAP;
    }
    return "scale="
        + size
        + ":flags=bicubic:in_color_matrix="
        + matrix(colour.matrix())
        + ":out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p";
  }

  /// From one rung's picture to another's.
  String resize(Rung from, Rung to) {
    if (from.width() == to.width() && from.height() == to.height()) {
      return "null";
    }
    return "scale=" + to.width() + ":" + to.height() + ":flags=bicubic,setsar=1";
  }

  /// What is not marked is taken for BT.709 and not converted.
  private static String matrix(@Nullable String marked) {
    if (marked == null) {
      return "bt709";
    }
    if (marked.startsWith("bt2020")) {
      return "bt2020";
    }
    return OLD_MATRICES.contains(marked) ? marked : "bt709";
  }
}

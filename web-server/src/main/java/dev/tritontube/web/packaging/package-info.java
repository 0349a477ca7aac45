/// From an uploaded file to segments and a presentation: probing, the ladder, ffmpeg. Knows no
/// HTTP.
@NullMarked
package dev.tritontube.web.packaging;

import org.jspecify.annotations.NullMarked;

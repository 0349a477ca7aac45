/// Pictures taken out of videos, and the ZIP archives in which people get them.
///
/// An archive is laid out as its pictures come, and lies on the ring in pieces: the bytes that are
/// served are those that are stored. Takes pictures by `packaging.Stills`; knows nothing of ffmpeg.
@NullMarked
package dev.tritontube.web.frames;

import org.jspecify.annotations.NullMarked;

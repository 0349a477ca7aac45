/// `tritontube bench media`: how soon, how smoothly and at what cost a video plays that was just
/// uploaded. Knows a web server by its REST interface, its manifests and its processes only, so
/// that figures of different versions can be compared.
@NullMarked
package dev.tritontube.bench.media;

import org.jspecify.annotations.NullMarked;

/// Posters that owners choose for their videos: a moment, or a picture of their own. Knows how they
/// are kept and who may choose; what is made of media is packaging's.
@NullMarked
package dev.tritontube.web.posters;

import org.jspecify.annotations.NullMarked;

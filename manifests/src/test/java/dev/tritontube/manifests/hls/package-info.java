@NullMarked
package dev.tritontube.manifests.hls;

import org.jspecify.annotations.NullMarked;

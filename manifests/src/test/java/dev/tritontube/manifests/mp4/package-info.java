@NullMarked
package dev.tritontube.manifests.mp4;

import org.jspecify.annotations.NullMarked;

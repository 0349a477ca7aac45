@NullMarked
package dev.tritontube.manifests.dash;

import org.jspecify.annotations.NullMarked;

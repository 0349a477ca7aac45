@NullMarked
package dev.tritontube.manifests;

import org.jspecify.annotations.NullMarked;

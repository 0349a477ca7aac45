@NullMarked
package dev.tritontube.manifests.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.tritontube.manifests.presentation;

import org.jspecify.annotations.NullMarked;

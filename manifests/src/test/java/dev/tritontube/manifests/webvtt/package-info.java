@NullMarked
package dev.tritontube.manifests.webvtt;

import org.jspecify.annotations.NullMarked;

/// What plays: the timeline and tracks of an asset, from which both manifests are rendered.
@NullMarked
package dev.tritontube.manifests.presentation;

import org.jspecify.annotations.NullMarked;

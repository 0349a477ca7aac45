/// What plays: periods, tracks, representations and the timeline of segments of an asset, from
/// which both manifests are rendered.
///
/// Everything here is a plain record over numbers, strings, enums, lists and other records: no
/// polymorphic fields and no nulls, and no method that a JSON binder takes for a property. A binder
/// that knows records (Jackson, for one) writes and reads a
/// [Presentation][dev.tritontube.manifests.presentation.Presentation] without annotations, and
/// reading validates, for it goes through the canonical constructors.
///
/// This package must not know how segments are stored, named on disk or made, nor any manifest
/// format.
@NullMarked
package dev.tritontube.manifests.presentation;

import org.jspecify.annotations.NullMarked;

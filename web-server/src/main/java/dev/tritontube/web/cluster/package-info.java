/// The authority over layouts: publishes them, watches nodes, brings them up to date, carries out
/// layout changes.
///
/// The catalog is the one place where layouts are decided; nodes and other web servers learn them
/// from here. Knows layouts, the control plane of nodes and SQL (in the stores); no blobs' bytes,
/// no HTTP, no videos. Its face is `Cluster`.
@NullMarked
package dev.tritontube.web.cluster;

import org.jspecify.annotations.NullMarked;

/// Copies of the catalog in the ring: made every hour and on demand, kept for a while, and read
/// into an empty catalog when the catalog is lost.
///
/// A copy is a dump of all tables in one form for all databases, cut into blobs `c/{backup}/{n}`,
/// and a manifest `c/{backup}/manifest`, which is written last: without it there is no copy. What a
/// table means, only its store knows.
@NullMarked
package dev.tritontube.web.backups;

import org.jspecify.annotations.NullMarked;

/// Uploads that go on where they were: tus 1.0, and addresses that are signed for one file. Every
/// byte that was acknowledged is on the ring and in the catalog, so that any web server can go on.
@NullMarked
package dev.tritontube.web.resumable;

import org.jspecify.annotations.NullMarked;

/// The cluster as administrators see and steer it, whichever way they ask, and the REST way:
/// `/api/v1/cluster`. What a change does, only the cluster knows.
@NullMarked
package dev.tritontube.web.steering;

import org.jspecify.annotations.NullMarked;

/// Requests that are sent again because their answer did not arrive, and are to be carried out once
/// (the IETF's draft "The Idempotency-Key HTTP Header Field"). Knows nothing of what they do.
@NullMarked
package dev.tritontube.web.idempotency;

import org.jspecify.annotations.NullMarked;

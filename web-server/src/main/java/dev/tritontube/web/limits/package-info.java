/// How much each client may ask for. Knows who asks, and nothing of what is asked for but its path.
@NullMarked
package dev.tritontube.web.limits;

import org.jspecify.annotations.NullMarked;

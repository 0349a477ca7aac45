/// What all of REST has in common: the server, errors as RFC 9457 problems, the key, request ids
/// and logs. Knows no feature.
@NullMarked
package dev.tritontube.web.http;

import org.jspecify.annotations.NullMarked;

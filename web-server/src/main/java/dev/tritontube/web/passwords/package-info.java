/// Passwords: what may be one, and how it is kept (Argon2id). Knows neither users nor HTTP.
@NullMarked
package dev.tritontube.web.passwords;

import org.jspecify.annotations.NullMarked;

/// Who asks, and what he may do: users, their sessions, API keys, and how a request tells which of
/// them it comes from. Knows neither how people sign in nor what there is to be allowed.
@NullMarked
package dev.tritontube.web.accounts;

import org.jspecify.annotations.NullMarked;

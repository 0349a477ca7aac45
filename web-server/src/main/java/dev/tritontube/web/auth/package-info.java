/// How people come in and go: accounts, signing in and out, API keys, and the administration of all
/// that over REST. Who asks is found out in `accounts`.
@NullMarked
package dev.tritontube.web.auth;

import org.jspecify.annotations.NullMarked;

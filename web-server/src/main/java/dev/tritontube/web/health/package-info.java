/// How the server does: for people, for whatever starts and stops it, for Prometheus.
@NullMarked
package dev.tritontube.web.health;

import org.jspecify.annotations.NullMarked;

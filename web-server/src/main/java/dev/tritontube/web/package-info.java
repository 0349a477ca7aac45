/// The web server's composition root and its configuration.
@NullMarked
package dev.tritontube.web;

import org.jspecify.annotations.NullMarked;

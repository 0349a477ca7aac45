/// Videos as people and programs see them: list, one, edit, delete.
@NullMarked
package dev.tritontube.web.videos;

import org.jspecify.annotations.NullMarked;

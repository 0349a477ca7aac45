/// Which videos there are: pages of them by filters, words and order. Reads the catalog's table
/// `library`, which the catalog's stores keep; knows no HTTP.
@NullMarked
package dev.tritontube.web.library;

import org.jspecify.annotations.NullMarked;

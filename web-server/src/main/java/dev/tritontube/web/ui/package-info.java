/// The web app (built from `web-server/ui/`) as files to be served, and the plain page that plays.
/// The app knows the server by its public API alone, so nothing here knows what it does. The page
/// of a video says what the video is, to those that run no scripts.
@NullMarked
package dev.tritontube.web.ui;

import org.jspecify.annotations.NullMarked;

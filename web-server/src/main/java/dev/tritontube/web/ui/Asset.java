package dev.tritontube.web.ui;

/// A file of the web app, as it goes over the wire.
///
/// @param encoding `br`, `gzip` or `identity`
record Asset(String contentType, String encoding, byte[] bytes) {}

package dev.tritontube.web.http;

import java.nio.file.Path;
import java.util.Optional;

/// Where the server's certificate is.
///
/// @param certificate PEM (the server's own first, then those that vouch for it) or PKCS#12
/// @param key PEM (PKCS#8, PKCS#1 or EC, encrypted or not); empty: it is in the other file
/// @param passwordFile holds the password of the key, or of the PKCS#12 file, alone
public record TlsFiles(Path certificate, Optional<Path> key, Optional<Path> passwordFile) {}

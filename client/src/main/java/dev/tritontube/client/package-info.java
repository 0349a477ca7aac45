/// A client of TritonTube for Java programs: upload, wait, list, edit, download, and look after
/// users and keys. Needs a JDK and Jackson, which does not show.
///
/// ```java
/// try (TritonTube tube = TritonTube.at("http://127.0.0.1:8080").apiKey(key).open()) {
///   Video video = tube.uploads().upload(Path.of("holiday.mp4"), NewVideo.titled("Holiday"));
///   video = tube.videos().awaitPlayable(video.id(), Duration.ofMinutes(1));
///   System.out.println(tube.address(video.links().hls()));
///   tube.videos().list(VideoQuery.all().matching("holiday")).limit(10).forEach(System.out::println);
///   tube.videos().download(video.id(), Path.of("copy.mp4"));
/// }
/// ```
///
/// An upload that is to go on after the program was restarted is begun, and its address kept:
///
/// ```java
/// Source file = Source.of(Path.of("film.mkv"));
/// Upload upload = tube.uploads().begin(file, NewVideo.titled("Film"));
/// save(upload.address());                                        // before the first byte
/// Video video = upload.send(file, (done, total) -> show(done, total));
/// ```
///
/// and after a restart:
///
/// ```java
/// Video video = tube.uploads().resume(saved()).send(Source.of(Path.of("film.mkv")), Progress.IGNORED);
/// ```
///
/// Knows the REST interface (docs/api.md) and nothing of the servers behind it.
@NullMarked
package dev.tritontube.client;

import org.jspecify.annotations.NullMarked;

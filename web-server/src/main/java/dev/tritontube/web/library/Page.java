package dev.tritontube.web.library;

import dev.tritontube.web.catalog.VideoId;
import java.util.List;
import java.util.Optional;

/// Some of a list.
///
/// @param next where it goes on; empty at its end
public record Page(List<VideoId> videos, Optional<Place> next) {}

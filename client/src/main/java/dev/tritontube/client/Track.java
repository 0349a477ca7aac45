package dev.tritontube.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can be heard or read with a video.
///
/// @param id of what sounds `audio-1` and so on
/// @param language a tag of BCP 47; `und` where it is not known
/// @param preferred whether it sounds or is shown unless somebody chooses otherwise
/// @param origin `file` or `uploaded`
/// @param forced null of what sounds, as is all that follows
public record Track(
    String id,
    TrackKind kind,
    String language,
    String label,
    @JsonProperty("default") boolean preferred,
    String origin,
    @Nullable Boolean forced,
    @Nullable Integer cues,
    @Nullable Long sizeBytes,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {}

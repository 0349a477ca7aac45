package dev.tritontube.web.http;

import java.time.Duration;
import java.util.Map;

/// Why a request is not answered as it wished. The codes are part of the contract.
public sealed interface Problem {
  int status();

  /// Stable, for programs.
  String code();

  /// For people: what was asked, what was found.
  String detail();

  /// Headers of the answer beside the ordinary ones.
  default Map<String, String> headers() {
    return Map.of();
  }

  /// @param code `bad_json`, `bad_field`, `unknown_field`, `unknown_parameter`, `bad_parameter`,
  ///   `bad_multipart`, `missing_file`, `empty_body`, `bad_reset_token`, `bad_header`, `bad_parts`,
  ///   `bad_checksum` or `bad_text`
  record BadRequest(String code, String detail) implements Problem {
    @Override
    public int status() {
      return 400;
    }
  }

  /// @param code `unauthorized`, `bad_credentials`, `bad_refresh_token` or `bad_ticket`
  record Unauthorized(String code, String detail) implements Problem {
    public Unauthorized(String detail) {
      this("unauthorized", detail);
    }

    @Override
    public int status() {
      return 401;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("WWW-Authenticate", "Bearer realm=\"tritontube\"");
    }
  }

  /// @param code `forbidden`, `not_owner`, `account_disabled`, `registration_closed`,
  ///   `bad_playback_token` or `bad_link`
  record Forbidden(String code, String detail) implements Problem {
    @Override
    public int status() {
      return 403;
    }
  }

  record NotFound(String detail) implements Problem {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String code() {
      return "not_found";
    }
  }

  /// @param allowed comma separated
  record MethodNotAllowed(String allowed) implements Problem {
    @Override
    public int status() {
      return 405;
    }

    @Override
    public String code() {
      return "method_not_allowed";
    }

    @Override
    public String detail() {
      return "Here the methods are " + allowed;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Allow", allowed);
    }
  }

  record IdempotencyMismatch(String detail) implements Problem {
    @Override
    public int status() {
      return 422;
    }

    @Override
    public String code() {
      return "idempotency_mismatch";
    }
  }

  /// Somebody may not have so much.
  record QuotaExceeded(Quota quota) implements Problem {
    @Override
    public int status() {
      return 413;
    }

    @Override
    public String code() {
      return "quota_exceeded";
    }

    @Override
    public String detail() {
      return "You may have %d %s; there is room for %d more"
          .formatted(quota.limit(), quota.name(), quota.left());
    }
  }

  /// @param name `bytes`, `videos` or `uploads`
  record Quota(String name, long limit, long left) {}

  /// The client did not send its body in time.
  record TooSlow(String detail) implements Problem {
    @Override
    public int status() {
      return 408;
    }

    @Override
    public String code() {
      return "too_slow";
    }
  }

  record NotPlayableYet(String detail, Duration retryAfter) implements Problem {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String code() {
      return "not_playable_yet";
    }

    @Override
    public Map<String, String> headers() {
      return retry(retryAfter);
    }
  }

  /// The video can never be played.
  record NotPlayable(String detail) implements Problem {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String code() {
      return "not_playable";
    }
  }

  /// Not in the state in which it is now.
  ///
  /// @param code `job_active`, `job_ended`, `job_done`, `not_playable`, `username_taken`,
  ///   `too_many_keys`, `key_of_file`, `too_many_uploads`, `too_many_pieces`, `wrong_offset`,
  ///   `taken_over`, `upload_done`, `upload_open`, `too_many_tracks`, `no_pictures` or
  ///   `poster_replaced`, or why a change of the cluster is refused
  record Conflict(String code, String detail) implements Problem {
    @Override
    public int status() {
      return 409;
    }
  }

  /// An upload with this id is under way.
  record UploadIdTaken(String detail) implements Problem {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String code() {
      return "upload_id_taken";
    }
  }

  /// It was to be there, and never will be.
  record Gone(String detail) implements Problem {
    @Override
    public int status() {
      return 410;
    }

    @Override
    public String code() {
      return "gone";
    }
  }

  /// It is not as `If-Match` says.
  record PreconditionFailed(String detail) implements Problem {
    @Override
    public int status() {
      return 412;
    }

    @Override
    public String code() {
      return "precondition_failed";
    }
  }

  /// The body is not what its checksum says (of tus).
  record ChecksumMismatch(String detail) implements Problem {
    @Override
    public int status() {
      return 460;
    }

    @Override
    public String code() {
      return "checksum_mismatch";
    }
  }

  /// The client speaks another version of a protocol.
  ///
  /// @param header that tells which ones are spoken here
  record UnknownVersion(String detail, String header, String versions) implements Problem {
    @Override
    public int status() {
      return 412;
    }

    @Override
    public String code() {
      return "unknown_version";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of(header, versions);
    }
  }

  record TooLarge(String detail) implements Problem {
    @Override
    public int status() {
      return 413;
    }

    @Override
    public String code() {
      return "too_large";
    }
  }

  /// It begins like a picture, and cannot be decoded.
  record BadPicture(String detail) implements Problem {
    @Override
    public int status() {
      return 422;
    }

    @Override
    public String code() {
      return "bad_picture";
    }
  }

  record UnsupportedMedia(String detail) implements Problem {
    @Override
    public int status() {
      return 415;
    }

    @Override
    public String code() {
      return "unsupported_media";
    }
  }

  /// @param sizeBytes of what a part was asked of
  record RangeNotSatisfiable(String range, long sizeBytes) implements Problem {
    @Override
    public int status() {
      return 416;
    }

    @Override
    public String code() {
      return "range_not_satisfiable";
    }

    @Override
    public String detail() {
      return "'" + range + "' is outside of " + sizeBytes + " bytes";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Content-Range", "bytes */" + sizeBytes);
    }
  }

  record TooManyAttempts(String detail, Duration retryAfter) implements Problem {
    @Override
    public int status() {
      return 429;
    }

    @Override
    public String code() {
      return "too_many_attempts";
    }

    @Override
    public Map<String, String> headers() {
      return retry(retryAfter);
    }
  }

  /// More than one account or address may ask for.
  record TooManyRequests(String detail, Duration retryAfter) implements Problem {
    @Override
    public int status() {
      return 429;
    }

    @Override
    public String code() {
      return "too_many_requests";
    }

    @Override
    public Map<String, String> headers() {
      return retry(retryAfter);
    }
  }

  /// Something this needs is down or overloaded.
  ///
  /// @param code `storage_unavailable`, `busy`, `too_many_streams`, `upload_lost`, `not_ready`,
  ///   `segment_not_ready`, `node_unreachable` or `no_node`
  record Unavailable(String code, String detail, Duration retryAfter) implements Problem {
    @Override
    public int status() {
      return 503;
    }

    @Override
    public Map<String, String> headers() {
      return retry(retryAfter);
    }
  }

  record StorageFull(String detail) implements Problem {
    @Override
    public int status() {
      return 507;
    }

    @Override
    public String code() {
      return "storage_full";
    }
  }

  /// What the server under the routes refuses by itself: malformed requests, headers that are too
  /// large, and so on.
  record Refused(int status, String code, String detail) implements Problem {}

  /// A fault of the server; the log has the rest under the request's id.
  record Internal(String detail) implements Problem {
    @Override
    public int status() {
      return 500;
    }

    @Override
    public String code() {
      return "internal";
    }
  }

  private static Map<String, String> retry(Duration after) {
    return Map.of("Retry-After", Long.toString(Math.max(1, after.plusMillis(999).toSeconds())));
  }
}

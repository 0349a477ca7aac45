package dev.tritontube.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.contract.Operation;
import dev.tritontube.web.frames.StoredFrames;
import dev.tritontube.web.packaging.AssetMedia;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request for each operation of the contract that is granted to who may: on the owner's videos,
/// uploads and keys, and on things of its own where it changes something. Whoever adds an operation
/// adds its request here.
final class Granted {
  private static final String VIDEOS = "/api/v1/videos/";
  private static final String UPLOADS = "/api/v1/uploads";
  private static final String FOLLOWED = "an-upload-of-the-owner";
  private static final String TUS = "application/offset+octet-stream";
  private static final int FILE_BYTES = 1000;
  private static final String SUB_RIP = "1\n00:00:00,000 --> 00:00:01,000\nHello\n";
  private static final String WEBVTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n";

  private final WholeBed whole;
  private final RestBed bed;
  private final Crowd crowd;
  private final Map<Visibility, String> videos = new EnumMap<>(Visibility.class);
  private final Map<Visibility, String> frames = new EnumMap<>(Visibility.class);

  /// Tracks of words, by their videos.
  private final Map<String, Words> words = new HashMap<>();

  private String spare = "";
  private String change = "";
  private int nodes = 1;
  private int files;
  private int names;

  Granted(WholeBed whole, Crowd crowd) throws Exception {
    this.whole = whole;
    this.bed = whole.rest;
    this.crowd = crowd;
    for (Visibility visibility : Visibility.values()) {
      videos.put(visibility, uploaded(visibility, ""));
      withWords(video(visibility));
    }
    uploaded(Visibility.PRIVATE, "&uploadId=" + FOLLOWED);
  }

  /// The id of a video of the owner that plays.
  String video(Visibility visibility) {
    return String.valueOf(videos.get(visibility));
  }

  /// Another one.
  String uploaded(Visibility visibility, String query) throws Exception {
    JsonNode video =
        granted(
            crowd
                .owner
                .signs(bed.request("/api/v1/videos?visibility=" + visibility.word() + query))
                .header("Content-Type", "video/mp4")
                .POST(file()));
    AssetId asset = bed.assetOf(video);
    PublishedClip.of(bed, asset);
    PublishedClip.file(bed, asset);
    PublishedClip.withThumbnails(bed, asset);
    bed.packaging.posters.put(asset, PublishedClip.stored(bed, asset, "poster"));
    return video.get("id").asText();
  }

  /// @param visibility of the video that it is about, if it is about one
  HttpRequest.Builder request(Operation operation, Visibility visibility) throws Exception {
    Shape shape = shape(operation, visibility);
    HttpRequest.Builder request = bed.request(shape.path).method(operation.method(), shape.body);
    return shape.headers.isEmpty()
        ? request
        : request.headers(shape.headers.toArray(String[]::new));
  }

  /// The path of something of a video of the owner, with this token.
  String path(Operation operation, Visibility visibility, String token) {
    return path(operation, video(visibility), token);
  }

  /// The same of any video.
  String path(Operation operation, String video, String token) {
    Shape shape = media(new Shape(operation.path()).with("id", video).with("token", token));
    boolean named = name(operation).matches("getDownload(ByLink)?");
    return named ? shape.query("representation=audio").path : words(shape, video).path;
  }

  /// A track of words, and the name of its file.
  private record Words(String track, String text) {
    static final Words NONE = new Words("a".repeat(20), "a".repeat(20));
  }

  /// Adds a track to a video of the owner.
  ///
  /// @return the video's id
  String withWords(String video) throws Exception {
    words.put(video, added(video));
    return video;
  }

  private Words added(String video) throws Exception {
    HttpRequest.Builder request =
        bed.request(VIDEOS + video + "/tracks?kind=captions&language=en")
            .header("Content-Type", "text/vtt")
            .POST(BodyPublishers.ofString(WEBVTT));
    String track = granted(crowd.owner.signs(request)).get("id").asText();
    String mpd =
        new String(
            bed.send(crowd.owner.signs(bed.request(VIDEOS + video + "/manifest.mpd"))).body(),
            UTF_8);
    Matcher file = Pattern.compile("text/([a-z2-7]{20})\\.vtt").matcher(mpd);
    return new Words(track, file.find() ? file.group(1) : "");
  }

  /// The words of a video; of one that has none, such as nobody has.
  private Shape words(Shape shape, String video) {
    Words known = words.getOrDefault(video, Words.NONE);
    return shape
        .with("track", known.track)
        .with("words", known.text + ".vtt")
        .with("text", known.text)
        .with("segment", "0.vtt");
  }

  /// What a request is made of.
  private static final class Shape {
    private String path;
    private BodyPublisher body = BodyPublishers.noBody();
    private final List<String> headers = new ArrayList<>();

    Shape(String path) {
      this.path = path;
    }

    Shape with(String name, String value) {
      path = path.replace("{" + name + "}", value);
      return this;
    }

    Shape query(String query) {
      path += "?" + query;
      return this;
    }

    Shape header(String name, String value) {
      headers.addAll(List.of(name, value));
      return this;
    }

    Shape json(String json) {
      body = BodyPublishers.ofString(json);
      return header("Content-Type", "application/json");
    }

    Shape bytes(String type, BodyPublisher bytes) {
      body = bytes;
      return header("Content-Type", type);
    }
  }

  /// Whose HEAD it is, or its own name.
  private static String name(Operation operation) {
    String id = operation.id();
    return id.startsWith("head") && operation.method().equals("HEAD")
        ? Character.toLowerCase(id.charAt(4)) + id.substring(5)
        : id;
  }

  private Shape shape(Operation operation, Visibility visibility) throws Exception {
    Shape shape = new Shape(operation.path());
    return switch (name(operation)) {
      case "getVideo",
          "getVideoProgress",
          "getDash",
          "getHls",
          "getPoster",
          "getThumbnails",
          "getOriginal",
          "getDownloadUrl",
          "createPlaybackToken",
          "restoreVideo",
          "watch",
          "embed",
          "listTracks",
          "getTrack",
          "getTrackContent",
          "getChapters",
          "getText",
          "getTextSegment",
          "getMediaPlaylist",
          "getSegment" ->
          words(media(shape.with("id", video(visibility))), video(visibility));
      case "getDashByToken",
          "getHlsByToken",
          "getPosterByToken",
          "getThumbnailsByToken",
          "getMediaPlaylistByToken",
          "getTextByToken",
          "getTextSegmentByToken",
          "getSegmentByToken" ->
          words(
              media(shape.with("id", video(visibility)).with("token", playbackToken(visibility))),
              video(visibility));
      case "getDownload" -> shape.with("id", video(visibility)).query("representation=audio");
      case "getDownloadByLink" ->
          shape
              .with("id", video(visibility))
              .with("token", downloadToken(visibility))
              .query("representation=audio");
      case "getOriginalByLink" ->
          shape.with("id", video(visibility)).with("token", downloadToken(visibility));
      case "addTrack" ->
          shape
              .with("id", uploaded(visibility, ""))
              .query("kind=chapters")
              .bytes("text/vtt", BodyPublishers.ofString(WEBVTT));
      case "editTrack" ->
          words(shape.with("id", video(visibility)), video(visibility)).json(example(operation));
      case "replaceTrackContent" ->
          words(shape.with("id", video(visibility)), video(visibility))
              .bytes("application/x-subrip", BodyPublishers.ofString(SUB_RIP));
      case "deleteTrack" -> {
        String video = uploaded(visibility, "");
        yield shape.with("id", video).with("track", added(video).track);
      }
      case "choosePoster" ->
          shape.with("id", withPictures(uploaded(visibility, ""))).json(example(operation));
      case "dropPoster" -> shape.with("id", uploaded(visibility, ""));
      case "deleteVideo" -> shape.with("id", uploaded(visibility, ""));
      case "editVideo" -> shape.with("id", uploaded(visibility, "")).json(example(operation));
      case "encodeVideo" -> shape.with("id", uploaded(visibility, "")).json(example(operation));
      case "changeVideos" ->
          shape.json(
              "{\"action\":\"tag\",\"ids\":[\"" + video(visibility) + "\"],\"add\":[\"a\"]}");
      case "getDocsFile" -> shape.with("file", "docs.js");
      case "getAsset" -> shape.with("file", asset());
      case "getPlayerFile" -> shape.with("file", "watch.js");
      default -> frames(operation, shape, visibility);
    };
  }

  private Shape frames(Operation operation, Shape shape, Visibility visibility) throws Exception {
    return switch (name(operation)) {
      case "createFrames" -> {
        StoredFrames.makeAll(bed.database, bed.blobs);
        yield shape.with("id", looked(uploaded(visibility, ""))).json("{\"count\":2}");
      }
      case "listFrames" -> shape.with("id", video(visibility));
      case "getFrames", "getFramesZip", "getFramesUrl" -> taken(shape, visibility);
      case "getFrame" -> taken(shape, visibility).with("picture", "frame-000001-00-00-00.000.jpg");
      case "getFramesZipByLink" -> {
        JsonNode link =
            granted(
                crowd.owner.signs(
                    bed.request(
                        VIDEOS
                            + video(visibility)
                            + "/frames/"
                            + frames(visibility)
                            + "/download-url")));
        yield new Shape(link.get("url").asText());
      }
      case "deleteFrames" -> {
        String video = looked(uploaded(visibility, ""));
        yield shape.with("id", video).with("framesId", newFrames(video));
      }
      default -> uploading(operation, shape);
    };
  }

  private Shape taken(Shape shape, Visibility visibility) throws Exception {
    return shape.with("id", video(visibility)).with("framesId", frames(visibility));
  }

  /// The id of frames of the owner's video: of others when they were deleted.
  private String frames(Visibility visibility) throws Exception {
    String video = video(visibility);
    String known = frames.get(visibility);
    if (known == null || !isThere(VIDEOS + video + "/frames/" + known)) {
      known = newFrames(looked(video));
      frames.put(visibility, known);
    }
    return known;
  }

  private boolean isThere(String path) throws Exception {
    return bed.send(crowd.owner.signs(bed.request(path))).statusCode() == 200;
  }

  private String newFrames(String video) throws Exception {
    String id =
        post(crowd.owner, VIDEOS + video + "/frames", "{\"times\":[0,1]}").get("id").asText();
    StoredFrames.makeAll(bed.database, bed.blobs);
    return id;
  }

  /// A video of which is known what the file is.
  private String looked(String video) throws Exception {
    JsonNode document = granted(crowd.owner.signs(bed.request(VIDEOS + video)));
    bed.packaging.media.put(bed.assetOf(document), StoredFrames.MEDIA);
    return video;
  }

  private static Shape media(Shape shape) {
    return shape
        .with("framesId", "aaaaaaaaaaaaaaaaaaaa")
        .with("revision", "rev")
        .with("playlist", "audio.m3u8")
        .with("representation", "audio")
        .with("file", "0.m4s");
  }

  private Shape uploading(Operation operation, Shape shape) throws Exception {
    return switch (name(operation)) {
      case "uploadVideo", "uploadVideoByAlias" -> shape.bytes("video/mp4", file());
      case "createUpload" -> tus(shape).header("Upload-Length", "1000");
      case "presignUpload" -> shape.json(example(operation));
      case "getUpload" -> shape.with("id", begun());
      case "getUploadOffset", "deleteUpload" -> tus(shape.with("id", begun()));
      case "appendToUpload" -> appending(shape.with("id", begun()));
      case "appendToUploadByPost" ->
          appending(shape.with("id", begun())).header("X-HTTP-Method-Override", "PATCH");
      case "putUpload" -> {
        shape.path = presigned().get("url").asText();
        yield shape.bytes("video/mp4", file());
      }
      case "completeUpload" -> shape.with("id", sent());
      case "getUploadProgress" -> shape.with("id", FOLLOWED);
      default -> account(operation, shape);
    };
  }

  private static Shape tus(Shape shape) {
    return shape.header("Tus-Resumable", "1.0.0");
  }

  private Shape appending(Shape shape) {
    return tus(shape).header("Upload-Offset", "0").bytes(TUS, file());
  }

  private Shape account(Operation operation, Shape shape) throws Exception {
    return switch (name(operation)) {
      case "register", "createUser" ->
          shape.json(example(operation).replaceAll("\"(ann@example.org|bob)\"", quoted(newName())));
      case "login" -> shape.json(example(operation).replace("ann@example.org", registered()));
      case "refresh", "logout" -> shape.json("{\"refreshToken\":" + refreshToken() + "}");
      case "deleteMe", "changePassword" -> shape.json(example(operation));
      case "resetPassword" -> shape.json(example(operation).replace("bmV2ZXIgZ3Vlc3M", reset()));
      case "createKey" -> shape.json("{\"name\":\"k\",\"scopes\":[\"read\"]}");
      case "revokeKey" -> shape.with("id", ownersKey());
      case "createTicket" -> shape.json(example(operation));
      case "getUser", "deleteUser", "allowPasswordReset" -> shape.with("id", newUser());
      case "changeUser" -> shape.with("id", newUser()).json(example(operation));
      default -> administration(operation, shape);
    };
  }

  private Shape administration(Operation operation, Shape shape) throws Exception {
    return switch (name(operation)) {
      case "getJob", "cancelJob" -> shape.with("id", job());
      case "retryJob", "discardJob" -> shape.with("id", cancelledJob());
      case "locateBlob" -> shape.query("key=a/blob-1");
      case "planChange" -> shape.json(adding(spareNode()));
      case "applyChange" -> shape.json(adding(usedNode()));
      case "getChange" -> shape.with("id", change());
      case "getBackup" -> shape.with("id", whole.cluster.copies().create().id().value());
      default -> plain(operation, shape);
    };
  }

  /// What needs nothing.
  private static Shape plain(Operation operation, Shape shape) {
    if (operation.path().contains("{")) {
      throw new AssertionError("there is no request for " + operation.id());
    }
    return shape;
  }

  /// Somebody who signed in, with the password of the examples.
  Crowd.Caller somebody() throws Exception {
    String body =
        "{\"username\":\"%s\",\"password\":\"correct horse battery\",\"refreshIn\":\"body\"}"
            .formatted(registered());
    String token = post(crowd.nobody, "/api/v1/auth/login", body).get("accessToken").asText();
    return new Crowd.Caller("somebody", token, crowd.owner.scopes(), true, false);
  }

  /// Whether the web app was built.
  static boolean hasApp() {
    return Granted.class.getResource("/ui/index.html") != null;
  }

  /// Of the web app; one that is not there when that was not built.
  private String asset() throws Exception {
    String page = new String(bed.get("/").body(), UTF_8);
    Matcher script = Pattern.compile("/assets/([^\"]+\\.js)").matcher(page);
    return script.find() ? script.group(1) : "none.js";
  }

  /// Says of a video that it has pictures for twenty seconds.
  private String withPictures(String video) {
    AssetMedia pending = AssetMedia.pending();
    AssetMedia.Facts facts = new AssetMedia.Facts(20, 16, 9, 25.0, "mp4", "h264", null);
    bed.packaging.media.put(
        new VideoStore(bed.database).find(new VideoId(video)).orElseThrow().asset(),
        new AssetMedia(
            pending.status(),
            false,
            pending.progress(),
            null,
            facts,
            List.of(),
            false,
            false,
            pending.changedAt()));
    return video;
  }

  private static String example(Operation operation) {
    return operation.example().orElseThrow();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private BodyPublisher file() {
    return BodyPublishers.ofByteArray(RestBed.mp4(FILE_BYTES, files++));
  }

  private JsonNode granted(HttpRequest.Builder request) throws Exception {
    var answer = bed.send(request);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(answer + " " + new String(answer.body()));
    }
    return RestBed.json(answer);
  }

  private JsonNode post(Crowd.Caller caller, String path, String json) throws Exception {
    return granted(caller.signs(bed.request(path)).POST(BodyPublishers.ofString(json)));
  }

  String playbackToken(Visibility visibility) throws Exception {
    return post(crowd.owner, VIDEOS + video(visibility) + "/playback-token", "")
        .get("token")
        .asText();
  }

  String downloadToken(Visibility visibility) throws Exception {
    String path = VIDEOS + video(visibility) + "/download-url";
    String url = granted(crowd.owner.signs(bed.request(path))).get("url").asText();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /// The id of an upload of which nothing has come.
  private String begun() throws Exception {
    var answer =
        bed.send(
            crowd
                .owner
                .signs(bed.request(UPLOADS))
                .headers("Tus-Resumable", "1.0.0", "Upload-Length", Integer.toString(FILE_BYTES))
                .POST(BodyPublishers.noBody()));
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private JsonNode presigned() throws Exception {
    return post(
        crowd.owner,
        UPLOADS + "/presign",
        "{\"sizeBytes\":" + FILE_BYTES + ",\"contentType\":\"video/mp4\"}");
  }

  /// The id of an upload of which all has come.
  private String sent() throws Exception {
    JsonNode presigned = presigned();
    bed.send(
        bed.request(presigned.get("url").asText()).header("Content-Type", "video/mp4").PUT(file()));
    return presigned.get("uploadId").asText();
  }

  private String newName() {
    return "name-" + names++;
  }

  private String newUser() throws Exception {
    return crowd.user(newName(), "viewer");
  }

  /// The name of somebody whose password is that of the examples.
  private String registered() throws Exception {
    String name = newName();
    String body = "{\"username\":\"%s\",\"password\":\"correct horse battery\"}".formatted(name);
    post(crowd.nobody, "/api/v1/auth/register", body);
    return name;
  }

  private JsonNode refreshToken() throws Exception {
    return crowd.signIn("owner").get("refreshToken");
  }

  private String reset() throws Exception {
    return post(crowd.boss, "/api/v1/users/" + newUser() + "/password-reset", "")
        .get("token")
        .asText();
  }

  private String ownersKey() throws Exception {
    return post(crowd.owner, "/api/v1/auth/keys", "{\"name\":\"k\",\"scopes\":[\"read\"]}")
        .at("/apiKey/id")
        .asText();
  }

  private String job() throws Exception {
    String video = uploaded(Visibility.PUBLIC, "");
    return post(crowd.boss, VIDEOS + video + "/encode", "{\"profile\":\"small\"}")
        .get("id")
        .asText();
  }

  private String cancelledJob() throws Exception {
    return post(crowd.boss, "/api/v1/jobs/" + job() + "/cancel", "").get("id").asText();
  }

  /// The address of a node that runs, and is not in the ring.
  private String spareNode() throws Exception {
    if (spare.isEmpty()) {
      nodes++;
      whole.cluster.startNode(nodes);
      spare = whole.cluster.address(nodes);
    }
    return spare;
  }

  /// One that goes into the ring now.
  private String usedNode() throws Exception {
    Eventually.holds("no change of the ring runs", () -> ring().get("change").isNull());
    String node = spareNode();
    spare = "";
    return node;
  }

  private JsonNode ring() throws Exception {
    return granted(crowd.boss.signs(bed.request("/api/v1/cluster/ring")));
  }

  /// The id of a change of the ring: of the one that runs, or of one that is made for this.
  private String change() throws Exception {
    if (change.isEmpty()) {
      JsonNode running = ring().get("change");
      JsonNode known =
          running.isNull()
              ? post(crowd.boss, "/api/v1/cluster/ring/apply", adding(spareNode()))
              : running;
      change = known.get("id").asText();
    }
    return change;
  }

  private static String adding(String node) {
    return "{\"action\":\"add\",\"address\":\"" + node + "\"}";
  }
}

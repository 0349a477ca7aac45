// The shapes of the public API, by hand until they are generated from its OpenAPI document.

export interface components {
  schemas: {
    Visibility: "public" | "unlisted" | "private";
    VideoStatus: "UPLOADING" | "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED";
    Reason: { code: string; detail: string };
    Progress: {
      stage: "waiting" | "probing" | "encoding" | "done" | "failed" | "uploading";
      percent: number | null;
      etaSeconds: number | null;
      reason?: components["schemas"]["Reason"];
    };
    Rendition: {
      name: string;
      width: number | null;
      height: number | null;
      bitrate: number;
      codecs: string;
    };
    Video: {
      id: string;
      title: string;
      description: string;
      tags: string[];
      visibility: components["schemas"]["Visibility"];
      status: components["schemas"]["VideoStatus"];
      playable: boolean;
      progress: components["schemas"]["Progress"];
      error: components["schemas"]["Reason"] | null;
      durationSeconds: number | null;
      width: number | null;
      height: number | null;
      frameRate: number | null;
      sizeBytes: number;
      container: string | null;
      videoCodec: string | null;
      audioCodec: string | null;
      sha256: string;
      renditions: components["schemas"]["Rendition"][];
      links: { self: string; dash: string; hls: string; poster: string | null; original: string };
      createdAt: string;
      updatedAt: string;
      expiresAt?: string;
      deletedAt?: string;
    };
    VideoList: { items: components["schemas"]["Video"][]; nextCursor: string | null };
    VideoEdit: {
      title?: string;
      description?: string;
      tags?: string[];
      visibility?: components["schemas"]["Visibility"];
      expiresAt?: string | null;
    };
    Role: "viewer" | "uploader" | "admin";
    User: {
      id: string;
      username: string;
      role: components["schemas"]["Role"];
      state: "active" | "disabled";
      createdAt: string;
      updatedAt: string;
    };
    Tokens: {
      accessToken: string;
      tokenType: "Bearer";
      expiresIn: number;
      refreshToken: string | null;
      user: components["schemas"]["User"];
    };
    Scope: "read" | "write" | "upload" | "admin";
    ApiKey: {
      id: string;
      name: string;
      scopes: components["schemas"]["Scope"][];
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
      revokedAt?: string | null;
    };
    PlaybackToken: {
      token: string;
      expiresAt: string;
      links: { dash: string; hls: string; poster: string };
    };
  };
}

type Schemas = components["schemas"];
type Json<T> = { content: { "application/json": T } };
type Empty = { content: never };
type Answers<T> = { responses: { 200: T; default: { content: { "application/problem+json": unknown } } } };
type Parameters<Path, Query = never> = {
  parameters: { path: Path; query?: Query; header?: { "If-Match"?: string }; cookie?: never };
};
type None = { parameters: { path?: never; query?: never; header?: never; cookie?: never } };
type Body<T> = { requestBody: Json<T> };
type Id = { id: string };

export interface paths {
  "/api/v1/videos": {
    get: {
      parameters: {
        path?: never;
        header?: never;
        cookie?: never;
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          sort?: string;
          status?: Schemas["VideoStatus"];
          visibility?: Schemas["Visibility"];
          owner?: string;
          tag?: string;
          createdAfter?: string;
          createdBefore?: string;
          minDuration?: number;
          maxDuration?: number;
          include?: "deleted";
        };
      };
    } & Answers<Json<Schemas["VideoList"]>>;
  };
  "/api/v1/videos/{id}": {
    get: Parameters<Id, { include?: "deleted" }> & Answers<Json<Schemas["Video"]>>;
    patch: Parameters<Id> & Body<Schemas["VideoEdit"]> & Answers<Json<Schemas["Video"]>>;
    delete: Parameters<Id, { purge?: boolean }> & Answers<Empty>;
  };
  "/api/v1/videos/{id}/restore": {
    post: Parameters<Id> & Answers<Json<Schemas["Video"]>>;
  };
  "/api/v1/videos/{id}/playback-token": {
    post: Parameters<Id> & Answers<Json<Schemas["PlaybackToken"]>>;
  };
  "/api/v1/auth/register": {
    post: None & Body<{ username: string; password: string }> & Answers<Json<Schemas["User"]>>;
  };
  "/api/v1/auth/me": {
    delete: None & Body<{ password: string }> & Answers<Empty>;
  };
  "/api/v1/auth/password": {
    post: None & Body<{ currentPassword: string; newPassword: string }> & Answers<Empty>;
  };
  "/api/v1/auth/reset-password": {
    post: None & Body<{ token: string; password: string }> & Answers<Empty>;
  };
  "/api/v1/auth/keys": {
    get: None & Answers<Json<{ items: Schemas["ApiKey"][] }>>;
    post: None &
      Body<{ name: string; scopes: Schemas["Scope"][]; expiresAt?: string }> &
      Answers<Json<{ apiKey: Schemas["ApiKey"]; key: string }>>;
  };
  "/api/v1/auth/keys/{id}": {
    delete: Parameters<Id> & Answers<Empty>;
  };
  "/api/v1/auth/tickets": {
    post: None & Body<{ path: string }> & Answers<Json<{ ticket: string; expiresAt: string }>>;
  };
}

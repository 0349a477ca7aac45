import type { components } from "./schema";

type Schemas = components["schemas"];

export type Video = Schemas["Video"];
export type PlaybackLinks = Schemas["PlaybackToken"]["links"];
export type VideoStatus = Schemas["VideoStatus"];
export type Visibility = Schemas["Visibility"];
export type Rendition = Schemas["Rendition"];
export type Track = Schemas["Track"];
export type TextKind = Schemas["TextKind"];
export type Chapter = Schemas["Chapter"];
export type User = Schemas["User"];
export type Role = Schemas["Role"];
export type Tokens = Schemas["Tokens"];
export type ApiKey = Schemas["Key"];
export type Scope = Schemas["Scopes"][number];
export type Frames = Schemas["Frames"];
export type FramesRequest = Schemas["FramesRequest"];
export type Job = Schemas["Job"];
export type JobState = Schemas["JobState"];
export type Ring = Schemas["Ring"];
export type StorageNode = Schemas["Node"];
export type Backup = Schemas["Backup"];
export type ClusterChange = Schemas["ClusterChange"];
export type ClusterPlan = Schemas["ClusterPlan"];
export type ClusterWish = Schemas["ClusterWish"];

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Video = Schemas["Video"];
export type VideoStatus = Schemas["VideoStatus"];
export type Visibility = Schemas["Visibility"];
export type Rendition = Schemas["Rendition"];
export type User = Schemas["User"];
export type Tokens = Schemas["Tokens"];
export type Scope = Schemas["Scope"];
export type ApiKey = Schemas["ApiKey"];

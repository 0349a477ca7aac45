import { account, keys } from "./account";
import { backups } from "./backups";
import { cluster } from "./cluster";
import { frames } from "./frames";
import { jobs } from "./jobs";
import { library } from "./library";
import { tracks } from "./tracks";
import { uploads } from "./uploads";
import { users } from "./users";
import { videos } from "./videos";
import { watch } from "./watch";

/** Every word of the app, in this folder. What takes values is a function. */
export const strings = {
  name: "TritonTube",
  actions: {
    cancel: "Cancel",
    close: "Close",
    copy: "Copy",
    copied: "Copied",
    delete: "Delete",
    edit: "Edit",
    retry: "Try again",
    save: "Save",
    undo: "Undo",
    goHome: "Go to the videos",
    reload: "Reload",
  },
  nav: {
    label: "Main",
    skip: "Skip to the content",
    home: "Home",
    videos: "Your videos",
    upload: "Upload",
    administration: "Administration",
    cluster: "Cluster",
    jobs: "Jobs",
    users: "Users",
    backups: "Backups",
    menu: "Menu",
    account: "Account",
    accountOf: (username: string) => `Account of ${username}`,
    settings: "Account settings",
    keys: "API keys",
    signIn: "Sign in",
    signOut: "Sign out",
    signedInAs: "Signed in as",
  },
  search: {
    label: "Search videos",
    placeholder: "Search videos",
    submit: "Search",
    clear: "Clear search",
  },
  theme: {
    label: "Theme",
    light: "Light",
    dark: "Dark",
    system: "As the system",
  },
  fields: {
    optional: "(optional)",
    showPassword: "Show password",
    addTag: "Add a tag",
    removeTag: (tag: string) => `Remove the tag ${tag}`,
  },
  details: {
    title: "Title",
    titleMissing: "A video needs a title.",
    description: "Description",
    tags: "Tags",
    tagsHint: "Press Enter or a comma after each one.",
    visibility: "Who can see it",
    visibilities: { public: "Public", unlisted: "Unlisted", private: "Private" },
    visibilityHints: {
      public: "Everybody can find it and watch it.",
      unlisted: "Everybody who has its link can watch it.",
      private: "Only you and administrators can watch it.",
    },
  },
  toasts: {
    label: "Notification",
    region: "Notifications ({hotkey})",
  },
  states: {
    loading: "Loading",
    failed: "That did not work",
    request: (id: string) => `Request ${id}`,
    notFoundTitle: "There is nothing here",
    notFoundText: "The address may be wrong, or what was here is gone.",
    forbiddenTitle: "Not for this account",
    forbiddenText: "This page is for administrators. Sign in as one to see it.",
    brokenTitle: "The page broke",
    offline: "No connection to the server. What you see may be old; trying again …",
  },
  /** By the code of a problem; others say their own detail. */
  problems: {
    unknown: "Something went wrong.",
    offline: "The server cannot be reached. Check your connection and try again.",
    internal: "The server failed. It was noted there; try again in a moment.",
    unauthorized: "Your session has ended. Sign in and try again.",
    storage_unavailable: "Too few storage nodes answer at the moment. Try again in a moment.",
    busy: "The server is busy. Try again in a moment.",
    bad_credentials: "The username or the password is wrong.",
    account_disabled: "This account was disabled by an administrator.",
    registration_closed: "New accounts are made by administrators here. Ask one of them.",
    username_taken: "This username is taken. Choose another one.",
  },
  account,
  keys,
  library,
  watch,
  tracks,
  uploads,
  videos,
  frames,
  cluster,
  jobs,
  users,
  backups,
  session: {
    expiredTitle: "Sign in to go on",
    expiredText: (username: string) =>
      `The session of ${username} has ended. What is on this page stays as it is.`,
    leave: "Go on without signing in",
    other: (username: string) => `You are signed in as ${username} now.`,
  },
} as const;

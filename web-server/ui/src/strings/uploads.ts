export const uploads = {
  title: "Upload",
  text: "Videos play about a second after they arrived. You can go on using the app meanwhile.",
  drop: "Drop videos here",
  /** Where fingers are, which drop nothing. */
  pick: "Choose videos from this device",
  dropNow: "Let go to upload",
  or: "or",
  choose: "Choose files",
  kinds: "MP4, MOV, MKV, WebM, AVI and more; MP3, FLAC and other sound, too.",
  profile: "Encode by the profile",
  profileHint: "For files that are added from now on.",
  forbiddenTitle: "This account may not upload",
  forbiddenText: "Ask an administrator to make you an uploader.",
  empty: (name: string) => `${name} is empty`,
  emptyDetail: "There is nothing in it to upload.",
  unreadable: (name: string) => `${name} cannot be read`,
  unreadableDetail: "Folders cannot be uploaded; choose the files in them.",
  ongoing: (count: number, percent: number) =>
    `${count === 1 ? "1 upload" : `${count} uploads`}, ${percent}%`,
  ongoingStuck: (count: number) =>
    count === 1 ? "1 upload does not go on" : `${count} uploads, some do not go on`,
  list: "Uploads",
  all: (open: number, count: number) =>
    open === 0 ? `${count} uploaded` : `${open} of ${count} to go`,
  allProgress: "Progress of all uploads",
  pauseAll: "Pause all",
  resumeAll: "Resume all",
  clear: "Clear what is done",
  unfinishedTitle: "Begun earlier",
  unfinishedText:
    "A browser forgets which file it was. Choose the same one, or drop it anywhere here, and it goes on where it was.",
  sameFile: "Choose the same file",
  sameFileOf: (name: string) => `Choose the same file: ${name}`,
  otherFile: "That is another file",
  otherFileDetail: (name: string) =>
    `This upload was begun with ${name}, of another size or other content.`,
  pause: (name: string) => `Pause ${name}`,
  resume: (name: string) => `Resume ${name}`,
  retry: (name: string) => `Try ${name} again`,
  cancel: (name: string) => `Cancel ${name}`,
  remove: (name: string) => `Take ${name} off this list`,
  cancelTitle: "Give this upload up?",
  cancelText: (name: string, size: string) =>
    `What the server has of ${name} (${size}) is deleted.`,
  cancelAction: "Give it up",
  keep: "Go on",
  progressOf: (name: string) => `Progress of ${name}`,
  sentOf: (sent: string, size: string) => `${sent} of ${size}`,
  left: (time: string) => `${time} left`,
  states: {
    queued: "Waits for its turn",
    sending: "Uploading",
    paused: "Paused",
    waiting: "Trying again",
    refused: "Not taken",
    missing: "Unfinished",
    sent: "Uploaded",
  },
  waitingFor: (seconds: number) =>
    seconds <= 1 ? "Trying again …" : `Trying again in ${seconds} s`,
  waitingForSignIn: "Goes on when you sign in again",
  stages: {
    waiting: "Waits to be looked at",
    probing: "Is being looked at",
    encoding: "Is being encoded",
    done: "Ready in every quality",
    failed: "Cannot be made",
    uploading: "Uploading",
  },
  playsAlready: "Plays already; more qualities are on their way.",
  watch: "Watch",
  details: "Details",
  detailsOf: (name: string) => `Details of ${name}`,
  saving: {
    saved: "Saved",
    changed: "Not saved yet",
    saving: "Saving …",
    failed: "Not saved",
    later: "Is saved with the upload",
  },
  saveAgain: "Save again",
  /** What to do about it, by the code of a problem; else by its status. */
  advice: {
    unsupported_media:
      "This is no kind of video or audio that is known here. Convert it, to MP4 for example.",
    too_large:
      "The file is larger than this server takes. Make it smaller, or ask an administrator.",
    storage_full: "The storage is full. Ask an administrator to add space, then try again.",
    too_many_uploads:
      "You have too many unfinished uploads. Finish or cancel some, then try again.",
    quota_exceeded:
      "Your space is used up. Delete videos that you need no more, or ask an administrator for more.",
    forbidden: "This account may not upload. Ask an administrator.",
    busy: "The server is busy. It goes on by itself.",
    offline: "No connection. It goes on by itself when there is one.",
  } as Record<string, string>,
  adviceByStatus: {
    413: "Your file or your space has reached its limit. Delete videos that you need no more, or ask an administrator.",
    429: "That was much in a short time. It goes on by itself.",
    503: "The server is not ready. It goes on by itself.",
    507: "There is no space left. Delete videos that you need no more, or ask an administrator.",
  } as Record<number, string>,
} as const;

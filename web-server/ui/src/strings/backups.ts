export const backups = {
  title: "Backups",
  text: "Copies of the catalog, which says what is on the storage nodes. They are kept on the nodes themselves: the 24 newest, and the last one of each of 7 days.",
  create: "Make a copy now",
  list: "Copies of the catalog",
  loading: "Loading the copies",
  failedTitle: "The copies could not be loaded",
  emptyTitle: "No copies yet",
  emptyText:
    "The first one is made an hour after the cluster began, unless the server is told otherwise.",
  states: { WRITING: "Being made", DONE: "Whole" },
  facts: { size: "Size", rows: "Rows", epoch: "Epoch" },
  making: "The catalog is being copied.",
  makingText: "It goes on by itself, also when this page is closed.",
  made: (rows: string, size: string) => `The copy is whole: ${rows} rows in ${size}`,
  broken: "The copy could not be made.",
  brokenText: "What there was of it is deleted. The log of the web server says why. Try again.",
  restore: {
    title: "When the catalog is lost",
    text: "This page is lost with it, so keep these steps where you find them. The storage nodes keep running.",
    steps: [
      "Stop every web server that is left of the old catalog.",
      "Start one on an empty catalog, and tell it the address of a storage node. It then waits to be told what to restore.",
      "Restore the newest copy.",
    ],
    older: "Or an older one, by its name in the list above:",
    copy: "Copy the command",
    after:
      "What changed since the copy is undone, passwords and roles included, and everybody signs in anew. What was deleted for good stays so.",
  },
} as const;

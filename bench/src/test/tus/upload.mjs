// node upload.mjs ENDPOINT KEY FILE: uploads a file by tus and goes on whenever it is interrupted.
// Prints a line of JSON for each request, and in the end the upload's address.
import fs from "node:fs";
import * as tus from "tus-js-client";

const [endpoint, key, file] = process.argv.slice(2);
const say = (line) => fs.writeSync(1, JSON.stringify(line) + "\n");

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  uploadSize: fs.statSync(file).size,
  chunkSize: Infinity,
  retryDelays: new Array(600).fill(200),
  headers: { Authorization: `Bearer ${key}` },
  metadata: { filename: "film.mp4", filetype: "video/mp4" },
  onShouldRetry: () => true,
  onAfterResponse: (request, response) =>
    say({
      method: request.getMethod(),
      status: response.getStatus(),
      offset: Number(response.getHeader("Upload-Offset")),
    }),
  onSuccess: () => say({ done: upload.url }),
  onError: (error) => {
    say({ error: String(error) });
    process.exitCode = 1;
  },
});
upload.start();

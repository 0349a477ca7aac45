import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** With so many there is something to look at. */
const ENOUGH = 6;
const PATIENCE_MILLIS = 300_000;

const CAPTIONS = `WEBVTT

00:00:00.500 --> 00:00:06.000
The first boats leave before it is light.

00:00:06.000 --> 00:00:30.000
By six the water is as flat as glass,
and nobody says a word.
`;
const CHAPTERS = `WEBVTT

00:00:00.000 --> 00:00:08.000
Before dawn

00:00:08.000 --> 00:00:19.000
The boats go out, past the lighthouse and the long mole with its two lamps

00:00:19.000 --> 00:00:30.000
Back in the harbour
`;

const DESCRIPTION = `Filmed from the old mole between five and seven in the morning, on the last day before the storms.

The boats that leave first are the small ones, for crab and lobster.
Music: none, only the bells and the water.

More of the same week is under #harbour. Thanks to everybody at the net loft.`;

const gradients = (seconds, size, ...colours) =>
  `gradients=s=${size}:r=12:n=${colours.length}:speed=0.012:d=${seconds}:${colours.map((colour, i) => `c${i}=${colour}`).join(":")}`;

/** Titles, lengths and colours as they might be; the last one is the newest. */
const FILMS = [
  {
    title: "Cellular automata, rule 30",
    tags: "science",
    picture: "cellauto=s=640x360:r=10:rule=30",
    seconds: 7,
  },
  {
    title: "Snow on the pass",
    tags: "mountains,winter",
    picture: gradients(11, "640x360", "white", "0xf1f5f9", "0xdbeafe"),
  },
  {
    title: "¿Qué ves? Übung macht den Meister – 日の出 🌅",
    tags: "languages",
    picture: gradients(9, "640x360", "0x001219", "0xee9b00", "0x9b2226"),
  },
  {
    title: "Upright: a walk through the night market",
    tags: "city,night",
    picture: gradients(12, "360x640", "0x3a0ca3", "0xf72585", "0x4cc9f0"),
  },
  {
    title:
      "Everything that we learned in one year of growing vegetables on a balcony which faces north, told in one go and without a cut",
    tags: "garden",
    picture: gradients(24, "640x360", "0x1b4332", "0x52b788", "0xd8f3dc"),
  },
  {
    title: "Diving into the Mandelbrot set",
    tags: "science",
    picture: "mandelbrot=s=640x360:r=10:maxiter=300",
    seconds: 8,
  },
  {
    title: "Dunes",
    tags: "desert",
    picture: gradients(16, "640x360", "0x264653", "0x2a9d8f", "0xe9c46a", "0xe76f51"),
  },
  {
    title: "The harbour at first light",
    tags: "harbour,sea,morning",
    description: DESCRIPTION,
    picture: gradients(30, "1280x720", "0x0b3954", "0x087e8b", "0xbfd7ea", "0xff5a5f"),
    words: true,
  },
];

/** A sunset, about. */
const CLIP = "Dunes";

/** The one of which there are captions and chapters; the newest if there is none such. */
export async function filmOf(call) {
  const { items } = await call("GET", "/videos?limit=50&status=COMPLETED&visibility=public");
  return items.find(({ title }) => title === FILMS.at(-1).title) ?? items[0];
}

/** One that is short, to be uploaded again: its bytes. */
export async function clipOf(call, base) {
  const sorted = "/videos?limit=50&status=COMPLETED&visibility=public&sort=sizeBytes";
  const { items } = await call("GET", sorted);
  const { links } = items.find(({ title }) => title === CLIP) ?? items[0];
  return Buffer.from(await (await fetch(base + links.original)).arrayBuffer());
}

/**
 * Puts films into a cluster in which there are few, also those that an earlier run could not, and waits until they
 * are encoded. They stay there.
 */
export async function fill(call, base, key) {
  const { items } = await call("GET", "/videos?limit=50&visibility=public");
  const there = new Set(items.map(({ title }) => title));
  const missing = FILMS.filter(({ title }) => !there.has(title));
  if (missing.length === 0 || (items.length >= ENOUGH && missing.length === FILMS.length)) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "tritontube-films-"));
  try {
    let last = null;
    for (const film of missing) {
      last = await upload(film, join(folder, "film.mp4"), base, key);
      if (film.words) {
        await addWords(last.id, base, key);
      }
    }
    await completed(last.id, call);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function upload({ title, tags, description = "", picture, seconds }, file, base, key) {
  const sound = ["-f", "lavfi", "-i", "sine=220", "-shortest", "-c:a", "aac", "-b:a", "48k"];
  const length = seconds === undefined ? [] : ["-t", String(seconds)];
  await promisify(execFile)("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", picture, ...sound, ...length],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p", file],
  ]);
  return send(`${base}/api/v1/videos?${new URLSearchParams({ title, tags, description })}`, {
    key,
    type: "video/mp4",
    body: readFileSync(file),
  });
}

async function addWords(id, base, key) {
  const texts = [
    ["captions", CAPTIONS],
    ["chapters", CHAPTERS],
  ];
  for (const [kind, body] of texts) {
    await send(`${base}/api/v1/videos/${id}/tracks?kind=${kind}&language=en&label=English`, {
      key,
      type: "text/vtt",
      body,
    });
  }
}

async function send(address, { key, type, body }) {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": type };
  const response = await fetch(address, { method: "POST", headers, body });
  if (!response.ok) {
    throw new Error(`POST ${address}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

async function completed(id, call) {
  const end = Date.now() + PATIENCE_MILLIS;
  while ((await call("GET", `/videos/${id}`)).status !== "COMPLETED") {
    if (Date.now() > end) {
      throw new Error(`${id} was not encoded in time`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

import { DetailedError, Upload } from "tus-js-client";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { session } from "@/auth/use-session";
import { STANDARD } from "@/features/videos/details";
import type { Transport } from "./upload-queue";

const ENDPOINT = `${location.origin}/api/v1/uploads`;

/** Of one request: each one shows who one is anew, so that long uploads outlive their first token. */
const CHUNK_BYTES = 64 * 1024 * 1024;

const path = (url: string) => new URL(url, location.origin).pathname;
const idOf = (url: string) => url.slice(url.lastIndexOf("/") + 1);

/** Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload). */
export const tusTransport: Transport = {
  send(item, listener) {
    let token: string | null = null;
    let stopped = false;
    const upload = new Upload(item.file, {
      // Without an endpoint it does not begin anew by itself when it cannot go on.
      ...(item.url === null
        ? { endpoint: ENDPOINT }
        : { uploadUrl: new URL(item.url, location.origin).href }),
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: {
        filename: item.name,
        title: item.details.title.trim() || item.name,
        description: item.details.description,
        tags: item.details.tags.join(","),
        visibility: item.details.visibility,
        ...(item.profile === STANDARD ? {} : { profile: item.profile }),
      },
      onBeforeRequest: async (request) => {
        token = await session.token();
        if (token === null) {
          throw new Problem(401, "unauthorized", "Nobody is signed in");
        }
        request.setHeader("Authorization", `Bearer ${token}`);
      },
      onUploadUrlAvailable: () => upload.url && listener.begun(path(upload.url)),
      onProgress: (sent) => listener.progress(sent),
      onSuccess: () => listener.done(),
      onError: async (failure) => {
        let problem = problemOf(failure);
        if (problem.status === 401 && token !== null) {
          problem = await renewed(token).catch((other: Problem) => other);
        }
        if (!stopped) {
          listener.failed(problem);
        }
      },
    });
    upload.start();
    return () => {
      stopped = true;
      void upload.abort();
    };
  },

  async look(url) {
    const path = { id: idOf(url) };
    const upload = await answer(api.GET("/api/v1/uploads/{id}", { params: { path } }));
    if (upload.video !== null) {
      return { offset: upload.offset, video: upload.video.id };
    }
    // Ends a request that a page which is gone had sent, and counts what came of it.
    const head = api.HEAD("/api/v1/uploads/{id}", {
      params: { path, header: { "Tus-Resumable": "1.0.0" } },
    });
    await answer(head);
    const offset = Number((await head).response.headers.get("Upload-Offset"));
    return { offset: offset || upload.offset, video: null };
  },

  async giveUp(url) {
    await answer(
      api.DELETE("/api/v1/uploads/{id}", {
        params: { path: { id: idOf(url) }, header: { "Tus-Resumable": "1.0.0" } },
      }),
    );
  },

  async edit(video, changes) {
    await answer(
      api.PATCH("/api/v1/videos/{id}", { params: { path: { id: video } }, body: changes }),
    );
  },
};

/** A token was refused: with a new one it may go on at once. */
async function renewed(refused: string): Promise<Problem> {
  return (await session.tokenInsteadOf(refused)) === null
    ? new Problem(401, "unauthorized", "The session has ended")
    : new Problem(0, "token_renewed", "A new token is there");
}

/** Of an answer that tus did not expect, or of none. */
function problemOf(failure: Error): Problem {
  if (!(failure instanceof DetailedError)) {
    return failure instanceof Problem ? failure : Problem.offline();
  }
  if (failure.causingError instanceof Problem) {
    return failure.causingError;
  }
  const response = failure.originalResponse;
  if (!response || response.getStatus() === 0) {
    return Problem.offline();
  }
  const headers = new Headers();
  const retryAfter = response.getHeader("Retry-After");
  if (retryAfter) {
    headers.set("Retry-After", retryAfter);
  }
  const status = response.getStatus();
  return Problem.from({ status, headers } as Response, documentOf(response.getBody()));
}

function documentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

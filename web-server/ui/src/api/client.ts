import createClient from "openapi-fetch";
import { session } from "@/auth/use-session";
import { Problem } from "./problem";
import type { paths } from "./schema";

/**
 * Sends a request as who is signed in. When its token is refused, once more with a new one.
 *
 * @throws Problem when there is no answer
 */
export async function authorizedFetch(request: Request): Promise<Response> {
  const token = await session.token();
  const again = request.clone();
  const response = await send(request, token);
  if (response.status !== 401 || token === null) {
    return response;
  }
  const renewed = await session.tokenInsteadOf(token);
  return renewed === null ? response : send(again, renewed);
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) {
    request.headers.set("Authorization", `Bearer ${token}`);
  }
  try {
    return await fetch(request);
  } catch (failure) {
    if (request.signal.aborted) {
      throw failure;
    }
    throw Problem.offline();
  }
}

/** The public API, as its document says it is. */
export const api = createClient<paths>({
  // Requests need a whole address, also in a page.
  baseUrl: location.origin,
  fetch: authorizedFetch,
});

/**
 * What was answered to a call of the API.
 *
 * @throws Problem
 */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw Problem.from(response, error);
  }
  return data as T;
}

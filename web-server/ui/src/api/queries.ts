import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const MAX_RETRIES = 4;
const MAX_PAUSE_MILLIS = 15_000;

/** Only what may pass is tried again. */
export function worthRetrying(failures: number, error: unknown): boolean {
  return failures < MAX_RETRIES && error instanceof Problem && error.passing;
}

/** As long as the server asks for, or twice as long each time. */
export function retryPause(failures: number, error: unknown): number {
  const asked = error instanceof Problem ? error.retryAfterSeconds : null;
  return Math.min(asked === null ? 500 * 2 ** failures : asked * 1000, MAX_PAUSE_MILLIS);
}

export function makeQueryClient(tell: (error: unknown) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      // A first load that fails is told by its page; what is shown already stays, so that needs a word.
      // That the server is away the frame says by itself.
      onError: (error, query) => {
        const away = error instanceof Problem && error.status === 0;
        if (query.state.data !== undefined && query.meta?.quiet !== true && !away) {
          tell(error);
        }
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.quiet !== true) {
          tell(error);
        }
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthRetrying, retryDelay: retryPause },
      // What changes something is sent again by people, who know whether it still makes sense.
      mutations: { retry: false },
    },
  });
}

/** What the server answered instead (RFC 9457), or that it did not answer (status 0). */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    /** Stable; `offline` when there was no answer. */
    readonly code: string,
    /** For people. */
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail);
  }

  /** Whether the same request may well succeed a moment later. */
  get passing(): boolean {
    return (
      (this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500) &&
      this.status !== 507
    );
  }

  static async of(response: Response): Promise<Problem> {
    return Problem.from(response, await response.json().catch(() => null));
  }

  /** @param document the body of the answer, whatever that is */
  static from(response: Response, document: unknown): Problem {
    const fields = (typeof document === "object" && document !== null ? document : {}) as Record<
      string,
      unknown
    >;
    const retryAfter = Number(response.headers.get("Retry-After"));
    return new Problem(
      response.status,
      typeof fields.code === "string" ? fields.code : "unknown",
      typeof fields.detail === "string" ? fields.detail : `The server answered ${response.status}`,
      typeof fields.requestId === "string" ? fields.requestId : null,
      Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    );
  }

  static offline(): Problem {
    return new Problem(0, "offline", "The server cannot be reached");
  }
}

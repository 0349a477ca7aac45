const WINDOW_MILLIS = 8000;
const LEAST_MILLIS = 500;

/** How fast something goes, by what went in the last seconds. */
export class Speed {
  #samples: { at: number; bytes: number }[] = [];

  /** @param bytes how far it is now; less than before when it had to go back, which begins anew */
  add(bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && bytes < last.bytes) {
      this.#samples = [];
    }
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= WINDOW_MILLIS) {
      this.#samples.shift();
    }
  }

  /** Null while nobody can tell. */
  bytesPerSecond(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < LEAST_MILLIS) {
      return null;
    }
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }

  /** After a pause, which is not to count. */
  reset(): void {
    this.#samples = [];
  }
}

/**
 * A page gets from the address what `read` makes of it, and nothing else: the router would leave it
 * all other values, and those that `read` refused, as they stand.
 */
export function only<T>(read: (search: Record<string, unknown>) => T) {
  return (search: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])),
    ...read(search),
  });
}

/** What the address of the page says. */
export function readUsersView(search: Record<string, unknown>): { view?: "audit" } {
  return search.view === "audit" ? { view: "audit" } : {};
}

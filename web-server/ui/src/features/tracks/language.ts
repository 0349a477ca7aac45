/**
 * Whether a text is a well-formed tag of a language (BCP 47). It may begin with up to eight letters,
 * but no language has more than three: `english` is what people write who know no tags.
 */
export function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1 && !/^[a-z]{4}/i.test(text);
  } catch {
    return false;
  }
}

/** What the name of a file says of its language, as `film.pt-BR.srt` does; empty if nothing. */
export function languageOfFile(name: string): string {
  const part = name.split(".").at(-2) ?? "";
  return name.split(".").length > 2 &&
    /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(part) &&
    isLanguageTag(part)
    ? part
    : "";
}

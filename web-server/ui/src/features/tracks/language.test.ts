import { expect, test } from "vitest";
import { isLanguageTag, languageOfFile } from "./language";

test("tags of languages are told from other words", () => {
  expect(["en", "pt-BR", "zh-Hant", "und"].every(isLanguageTag)).toBe(true);
  expect(["", "english", "english language", "en_US", "e"].some(isLanguageTag)).toBe(false);
});

test("files are often named after their language", () => {
  expect(languageOfFile("film.de.srt")).toBe("de");
  expect(languageOfFile("my.film.pt-BR.vtt")).toBe("pt-BR");
  expect(languageOfFile("de.srt")).toBe("");
  expect(languageOfFile("The.Long.Film.srt")).toBe("");
});

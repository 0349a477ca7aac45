// Writes src/api/schema.d.ts from the contract.
import { readFileSync, writeFileSync } from "node:fs";
import { load } from "js-yaml";
import openapiTypes, { astToString } from "openapi-typescript";

const CONTRACT = new URL("../../src/main/resources/openapi/", import.meta.url);
const TYPES = new URL("../src/api/schema.d.ts", import.meta.url);

const read = (name) => load(readFileSync(new URL(`${name}.yaml`, CONTRACT), "utf8"));

/** One document, put together as `OpenApiDocument.java` does it, but for the answers of problems. */
function assemble() {
  const document = { ...read("openapi"), paths: {} };
  for (const { paths, components = {} } of document["x-files"].map(read)) {
    Object.assign(document.paths, paths);
    for (const [kind, parts] of Object.entries(components)) {
      document.components[kind] = { ...document.components[kind], ...parts };
    }
  }
  return document;
}

writeFileSync(
  TYPES,
  astToString(await openapiTypes(assemble(), { alphabetize: true, silent: true })),
);

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a finger hits. */
const FINGER = 40;

/** What is wrong with a page that can be measured: a line each. */
export async function faultsOf(page, { pale, small }) {
  const sideways = await page.evaluate(sidewaysBy);
  const targets = small ? await page.evaluate(smallFor, FINGER) : [];
  return [
    ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []),
    ...(targets.length > 0 ? [`small for a finger: ${targets.join(", ")}`] : []),
    ...(pale ? await paleIn(page) : []),
  ];
}

/** In the page. */
function sidewaysBy() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

/** In the page: what is to be pressed and cannot be hit that far from its middle. Links in a text are as high as that. */
function smallFor(finger) {
  const reach = finger / 2 - 1;
  const at = (x, y) => document.elementFromPoint(x, y);
  const hits = (element, x, y) => {
    const found = at(x, y);
    return element.contains(found) || (found?.closest("label")?.contains(element) ?? false);
  };
  const isSmall = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const shown = width > 1 && y > reach && y < innerHeight - reach && hits(element, x, y);
    const wide = width >= finger || (hits(element, x - reach, y) && hits(element, x + reach, y));
    const high = height >= finger || (hits(element, x, y - reach) && hits(element, x, y + reach));
    return shown && getComputedStyle(element).display !== "inline" && !(wide && high);
  };
  return [...document.querySelectorAll("a, button, select, input, summary")]
    .filter(isSmall)
    .map((element) => {
      const { width, height } = element.getBoundingClientRect();
      const name = element.ariaLabel ?? element.textContent.trim();
      return `“${name.slice(0, 40)}” ${Math.round(width)} × ${Math.round(height)}`;
    });
}

async function paleIn(page) {
  // Not as an element of the page, whose policy allows no such script.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: ["color-contrast"] });
    return violations
      .flatMap(({ nodes }) => nodes)
      .map(({ html }) => `pale: ${html.slice(0, 120)}`);
  });
}

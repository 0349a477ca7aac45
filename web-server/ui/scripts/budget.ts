import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "vite";

/**
 * Fails the build when the scripts that the first page needs before it shows (its entry with all that
 * is imported statically) are larger than this, compressed.
 */
export function budget(limitBytes: number): Plugin {
  return {
    name: "first-page-budget",
    apply: "build",
    writeBundle(_, bundle) {
      const seen = new Set<string>();
      const queue = Object.values(bundle)
        .filter((file) => file.type === "chunk" && (file.isEntry || file.name === "home-page"))
        .map((file) => file.fileName);
      let bytes = 0;
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        const file = bundle[name];
        if (seen.has(name) || file?.type !== "chunk") {
          continue;
        }
        seen.add(name);
        bytes += brotliCompressSync(file.code).length;
        queue.push(...file.imports);
      }
      const size = `${(bytes / 1024).toFixed(1)} KiB of ${limitBytes / 1024} KiB`;
      if (bytes > limitBytes) {
        this.error(`the first page's scripts are too large: ${size} (${[...seen].join(", ")})`);
      }
      this.info(`the first page's scripts: ${size}`);
    },
  };
}

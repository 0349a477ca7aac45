import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { budget } from "./scripts/budget.ts";
import { precompress } from "./scripts/precompress.ts";

const server = process.env.TRITONTUBE_SERVER ?? "http://127.0.0.1:8080";

/** Of everything that the first page loads before it shows, compressed. The player comes later. */
const FIRST_PAGE_BYTES = 200 * 1024;

export default defineConfig({
  plugins: [react(), tailwindcss(), budget(FIRST_PAGE_BYTES), precompress()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The web server puts a new nonce in place of this one into every page.
  html: { cspNonce: "CSP_NONCE" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The player is one file of its own, loaded by the pages that play.
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: { "/api": server, "/players": server, "/docs": server, "/openapi.json": server },
  },
});

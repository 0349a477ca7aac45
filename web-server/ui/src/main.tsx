import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "@/api/queries";
import { router } from "@/app/routes";
import { session } from "@/auth/use-session";
import { wordsOf } from "@/components/states";
import { toast } from "@/components/ui/toast";
import { forgetPositions } from "@/features/watch/positions";
import "./styles.css";

// For the styles that dialogs add while they are open; the page's policy allows no others.
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;
if (nonce) {
  setNonce(nonce);
}

// A file of an older version is gone when the server was updated under an open page.
addEventListener("vite:preloadError", (event) => {
  if (sessionStorage.getItem("tritontube.reloaded") !== location.href) {
    sessionStorage.setItem("tritontube.reloaded", location.href);
    event.preventDefault();
    location.reload();
  }
});

const queries = makeQueryClient((error) => toast.error(wordsOf(error)));

// What one account may see is no business of the next one.
let seenBy: string | null | undefined;
let expired = false;
session.subscribe(() => {
  const { state } = session;
  if (state.kind === "unknown") {
    return;
  }
  const now = state.kind === "signed-out" ? null : state.user.id;
  if (seenBy !== undefined && now !== seenBy) {
    void queries.resetQueries();
    if (seenBy !== null) {
      forgetPositions();
    }
  } else if (expired && state.kind === "signed-in") {
    void queries.invalidateQueries(); // What was refused meanwhile.
  }
  expired = state.kind === "expired";
  seenBy = now;
});
void session.start();

const container = document.getElementById("root");
if (container !== null) {
  createRoot(container).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

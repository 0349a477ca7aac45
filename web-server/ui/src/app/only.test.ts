import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from "@tanstack/react-router";
import { expect, test } from "vitest";
import { only } from "./only";

test("what a page does not let through does not reach it", async () => {
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: "/",
    validateSearch: only(({ good }) => (good === "yes" ? { good } : {})),
  });
  const router = createRouter({ routeTree: root.addChildren([page]) });
  const searchAt = (address: string) => {
    router.update({
      ...router.options,
      history: createMemoryHistory({ initialEntries: [address] }),
    });
    return router.matchRoutes(router.latestLocation).at(-1)?.search;
  };

  expect(searchAt("/?good=yes&next=https%3A%2F%2Fevil.example")).toEqual({ good: "yes" });
  expect(searchAt("/?good=no")).toEqual({});
});

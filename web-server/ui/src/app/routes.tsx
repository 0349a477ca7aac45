import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { readJobFilter } from "@/features/jobs/search";
import { readFilters } from "@/features/library/filters";
import { readUsersView } from "@/features/users/search";
import { readOwnFilters } from "@/features/videos/own-filters";
import { AdminsOnly } from "./admins-only";
import { Frame } from "./frame";
import { requireSignedIn, safeNext } from "./guards";
import { only } from "./only";
import { BrokenPage, NotFoundPage, PendingPage } from "./states";

/*
 * The pages. Every path is also listed in `AppRoutes.java`, which answers others with 404. Each page
 * is loaded when one goes there.
 */

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage });

/** Only for those who are signed in; `guards.ts` knows it by its id. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "_signed-in",
  beforeLoad: requireSignedIn,
});

/** Only for administrators; `guards.ts` knows it by its id. */
const admin = createRoute({
  getParentRoute: () => root,
  id: "_admin",
  beforeLoad: requireSignedIn,
  component: AdminsOnly,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: only(readFilters),
  component: lazyRouteComponent(() => import("@/features/library/home-page"), "HomePage"),
});

/** A place to begin at, in seconds: of links that were shared. */
function readPlace(search: Record<string, unknown>): { t?: number } {
  const t = Number(search.t);
  return Number.isFinite(t) && t > 0 ? { t } : {};
}

const watch = createRoute({
  getParentRoute: () => root,
  path: "/watch/$id",
  validateSearch: only(readPlace),
  component: lazyRouteComponent(() => import("@/features/watch/watch-page"), "WatchPage"),
});

const embed = createRoute({
  getParentRoute: () => root,
  path: "/embed/$id",
  validateSearch: only(readPlace),
  component: lazyRouteComponent(() => import("@/features/watch/embed-page"), "EmbedPage"),
});

function readNext(search: Record<string, unknown>): { next?: string } {
  const next = safeNext(search.next);
  return next === undefined ? {} : { next };
}

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: only(readNext),
  component: lazyRouteComponent(() => import("@/features/account/login-page"), "LoginPage"),
});

const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  validateSearch: only(readNext),
  component: lazyRouteComponent(() => import("@/features/account/register-page"), "RegisterPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("@/features/account/reset-page"), "ResetPage"),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(() => import("@/features/account/account-page"), "AccountPage"),
});

const keys = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/keys",
  component: lazyRouteComponent(() => import("@/features/account/keys-page"), "KeysPage"),
});

const upload = createRoute({
  getParentRoute: () => signedIn,
  path: "/upload",
  component: lazyRouteComponent(() => import("@/features/uploads/upload-page"), "UploadPage"),
});

const videos = createRoute({
  getParentRoute: () => signedIn,
  path: "/videos",
  validateSearch: only(readOwnFilters),
  component: lazyRouteComponent(() => import("@/features/videos/videos-page"), "VideosPage"),
});

const cluster = createRoute({
  getParentRoute: () => admin,
  path: "/cluster",
  component: lazyRouteComponent(() => import("@/features/cluster/cluster-page"), "ClusterPage"),
});

const jobs = createRoute({
  getParentRoute: () => admin,
  path: "/jobs",
  validateSearch: only(readJobFilter),
  component: lazyRouteComponent(() => import("@/features/jobs/jobs-page"), "JobsPage"),
});

const users = createRoute({
  getParentRoute: () => admin,
  path: "/users",
  validateSearch: only(readUsersView),
  component: lazyRouteComponent(() => import("@/features/users/users-page"), "UsersPage"),
});

const backups = createRoute({
  getParentRoute: () => admin,
  path: "/backups",
  component: lazyRouteComponent(() => import("@/features/backups/backups-page"), "BackupsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    watch,
    embed,
    login,
    register,
    resetPassword,
    signedIn.addChildren([account, keys, upload, videos]),
    admin.addChildren([cluster, jobs, users, backups]),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
  // Addresses that people can read and write: every value is text, as it stands.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (values) => {
    const set = Object.entries(values).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
    return set.length > 0 ? `?${search}` : "";
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

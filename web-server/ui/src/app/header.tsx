import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import {
  Boxes,
  ChevronDown,
  Clapperboard,
  DatabaseBackup,
  House,
  KeyRound,
  ListChecks,
  LogOut,
  type LucideIcon,
  Menu as MenuIcon,
  Monitor,
  Moon,
  Settings,
  Sun,
  Upload,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import type { User } from "@/api/types";
import icon from "@/assets/icon.svg";
import { isAdmin, mayUpload, session, useSession } from "@/auth/use-session";
import { Button } from "@/components/ui/button";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { OngoingLink } from "@/features/uploads/ongoing-link";
import { strings } from "@/strings";
import { SearchBox } from "./search-box";
import { chooseTheme, type Theme, useTheme } from "./theme";

const THEMES: [Theme, string, LucideIcon][] = [
  ["light", strings.theme.light, Sun],
  ["dark", strings.theme.dark, Moon],
  ["system", strings.theme.system, Monitor],
];

type Place = {
  to: "/" | "/videos" | "/upload" | "/cluster" | "/jobs" | "/users" | "/backups";
  text: string;
  icon: LucideIcon;
};

const ADMINISTRATION: Place[] = [
  { to: "/cluster", text: strings.nav.cluster, icon: Boxes },
  { to: "/jobs", text: strings.nav.jobs, icon: ListChecks },
  { to: "/users", text: strings.nav.users, icon: Users },
  { to: "/backups", text: strings.nav.backups, icon: DatabaseBackup },
];

function placesOf(user: User | null): Place[] {
  return [
    { to: "/", text: strings.nav.home, icon: House },
    ...(user ? [{ to: "/videos", text: strings.nav.videos, icon: Clapperboard } as const] : []),
  ];
}

export function Header() {
  const state = useSession();
  const user = state.kind === "signed-in" || state.kind === "expired" ? state.user : null;
  return (
    <header className="sticky top-0 z-40 border-b bg-background/85 backdrop-blur-md">
      <div className="mx-auto flex h-16 max-w-screen-2xl items-center gap-2 px-3 sm:gap-3 sm:px-6">
        <NarrowMenu user={user} />
        <Link
          to="/"
          className="flex items-center gap-2.5 rounded-lg p-[5px]"
          aria-label={strings.name}
        >
          <img src={icon} alt="" width={30} height={30} />
          <span className="hidden text-lg font-semibold tracking-tight md:inline">
            {strings.name}
          </span>
        </Link>
        <WideNav user={user} />
        <div className="flex min-w-0 flex-1 justify-center">
          <SearchBox />
        </div>
        <OngoingLink />
        {mayUpload(user) && (
          <Button asChild variant="primary" className="hidden sm:inline-flex">
            <Link to="/upload">
              <Upload aria-hidden />
              <span className="hidden md:inline">{strings.nav.upload}</span>
              <span className="sr-only md:hidden">{strings.nav.upload}</span>
            </Link>
          </Button>
        )}
        <div className="hidden lg:block">
          <ThemeMenu />
        </div>
        <AccountCorner />
      </div>
    </header>
  );
}

function WideNav({ user }: { user: User | null }) {
  return (
    <nav aria-label={strings.nav.label} className="ml-3 hidden items-center gap-1 lg:flex">
      {placesOf(user).map(({ to, text }) => (
        <NavLink key={to} to={to}>
          {text}
        </NavLink>
      ))}
      {isAdmin(user) && (
        <Menu>
          <MenuTrigger asChild>
            <Button variant="ghost" className="px-3 font-medium text-muted hover:text-foreground">
              {strings.nav.administration}
              <ChevronDown aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuContent align="start">
            <Places places={ADMINISTRATION} />
          </MenuContent>
        </Menu>
      )}
    </nav>
  );
}

function NavLink({ to, children }: { to: Place["to"]; children: ReactNode }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: true, includeSearch: false }}
      className="rounded-lg px-3 py-2 text-sm font-medium transition-colors hover:bg-surface-2"
      activeProps={{ className: "bg-surface-2 text-foreground" }}
      inactiveProps={{ className: "text-muted hover:text-foreground" }}
    >
      {children}
    </Link>
  );
}

function Places({ places }: { places: Place[] }) {
  return places.map(({ to, text, icon: Icon }) => (
    <MenuItem key={to} asChild>
      <Link to={to}>
        <Icon aria-hidden />
        {text}
      </Link>
    </MenuItem>
  ));
}

/** Everything that has no room in the header of a phone. */
function NarrowMenu({ user }: { user: User | null }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" className="lg:hidden" aria-label={strings.nav.menu}>
          <MenuIcon aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="start">
        <Places places={placesOf(user)} />
        {mayUpload(user) && (
          <Places places={[{ to: "/upload", text: strings.nav.upload, icon: Upload }]} />
        )}
        {isAdmin(user) && (
          <>
            <MenuSeparator />
            <MenuLabel>{strings.nav.administration}</MenuLabel>
            <Places places={ADMINISTRATION} />
          </>
        )}
        <MenuSeparator />
        <MenuLabel>{strings.theme.label}</MenuLabel>
        <ThemeItems />
      </MenuContent>
    </Menu>
  );
}

function ThemeItems() {
  const theme = useTheme();
  return (
    <MenuRadioGroup value={theme} onValueChange={(value) => chooseTheme(value as Theme)}>
      {THEMES.map(([value, text, Icon]) => (
        <MenuRadioItem key={value} value={value}>
          <Icon aria-hidden />
          {text}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}

function ThemeMenu() {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={strings.theme.label}>
          <Sun className="dark:hidden" aria-hidden />
          <Moon className="hidden dark:block" aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent className="min-w-44">
        <ThemeItems />
      </MenuContent>
    </Menu>
  );
}

function AccountCorner() {
  const state = useSession();
  const href = useRouterState({ select: (router) => router.location.href });
  const at = useRouterState({ select: (router) => router.location.pathname });
  switch (state.kind) {
    case "unknown":
      return <Skeleton className="size-9 shrink-0 rounded-full pointer-coarse:size-10" />;
    case "signed-out":
      return (
        <Button asChild variant={at === "/login" ? "ghost" : "secondary"}>
          <Link to="/login" search={at === "/login" || at === "/register" ? {} : { next: href }}>
            {strings.nav.signIn}
          </Link>
        </Button>
      );
    case "signed-in":
    case "expired":
      return <AccountMenu user={state.user} />;
  }
}

function AccountMenu({ user }: { user: User }) {
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger asChild>
        <button
          type="button"
          aria-label={strings.nav.accountOf(user.username)}
          className="grid size-9 shrink-0 place-items-center rounded-full bg-primary-soft pointer-coarse:size-10 text-sm font-semibold text-on-primary-soft uppercase"
        >
          {user.username.slice(0, 1)}
        </button>
      </MenuTrigger>
      <MenuContent className="max-w-72">
        <MenuLabel>
          {strings.nav.signedInAs}
          <div className="truncate text-sm font-medium text-foreground">{user.username}</div>
        </MenuLabel>
        <MenuSeparator />
        <MenuItem asChild>
          <Link to="/account">
            <Settings aria-hidden />
            {strings.nav.settings}
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link to="/account/keys">
            <KeyRound aria-hidden />
            {strings.nav.keys}
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          onSelect={() => {
            // First away from what only this account sees, then out.
            void navigate({ to: "/" }).then(() => session.signOut());
          }}
        >
          <LogOut aria-hidden />
          {strings.nav.signOut}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

import { Link } from "@tanstack/react-router";
import { strings } from "@/strings";

const TABS = [
  { to: "/account", text: strings.account.profile },
  { to: "/account/keys", text: strings.keys.title },
] as const;

export function AccountTabs() {
  return (
    <nav aria-label={strings.account.sections} className="flex gap-1 border-b">
      {TABS.map(({ to, text }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true }}
          className="-mb-px border-b-2 px-3 py-2 text-sm font-medium pointer-coarse:py-2.5"
          activeProps={{ className: "border-primary text-foreground" }}
          inactiveProps={{ className: "border-transparent text-muted hover:text-foreground" }}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

import { getRouteApi, Link } from "@tanstack/react-router";
import { Ban, CircleCheck, EllipsisVertical, KeyRound, Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import type { Role, User } from "@/api/types";
import { useUser } from "@/auth/use-session";
import { Page } from "@/components/page";
import { ErrorState, wordsOf } from "@/components/states";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";
import { strings } from "@/strings";
import { AuditList } from "./audit-list";
import { makeReset, type Reset, useChangeUser, useUsers } from "./use-users";
import { CreateUserDialog, DeleteUserDialog, ResetDialog, ROLES } from "./user-dialogs";

const route = getRouteApi("/_admin/users");
const words = strings.users;

export function UsersPage() {
  const { view } = route.useSearch();
  const [creating, setCreating] = useState(false);
  const [reset, setReset] = useState<Reset | null>(null);
  const audit = view === "audit";
  return (
    <Page
      title={words.title}
      text={audit ? words.auditText : undefined}
      actions={
        !audit && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <UserPlus aria-hidden /> {words.create}
          </Button>
        )
      }
    >
      <nav aria-label={words.views} className="mb-4 flex gap-1 border-b">
        <View view={undefined} on={!audit} text={words.list} />
        <View view="audit" on={audit} text={words.audit} />
      </nav>
      {audit ? <AuditList /> : <UserList onReset={setReset} />}
      {creating && <CreateUserDialog onClose={() => setCreating(false)} onReset={setReset} />}
      {reset !== null && <ResetDialog reset={reset} onClose={() => setReset(null)} />}
    </Page>
  );
}

function View({ view, on, text }: { view: "audit" | undefined; on: boolean; text: string }) {
  return (
    <Link
      to="/users"
      search={view === undefined ? {} : { view }}
      aria-current={on ? "page" : undefined}
      className={cn(
        "-mb-px border-b-2 border-transparent px-3 py-2 text-sm font-medium pointer-coarse:py-2.5 text-muted hover:text-foreground",
        on && "border-primary text-foreground",
      )}
    >
      {text}
    </Link>
  );
}

type Asked = { what: "delete" | "disable"; user: User } | { what: "role"; user: User; role: Role };

function UserList({ onReset }: { onReset: (reset: Reset) => void }) {
  const list = useUsers();
  const me = useUser();
  const change = useChangeUser();
  const [asked, setAsked] = useState<Asked | null>(null);
  const users = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) {
    return (
      <div className="grid gap-2.5" aria-busy>
        <span className="sr-only">{words.loading}</span>
        {["a", "b", "c"].map((each) => (
          <Skeleton key={each} className="h-16 rounded-2xl" />
        ))}
      </div>
    );
  }
  if (list.isError && list.data === undefined) {
    return <ErrorState error={list.error} onRetry={list.refetch} />;
  }
  return (
    <>
      <ul className="divide-y rounded-2xl border bg-surface">
        {users.map((user) => (
          <UserItem
            key={user.id}
            user={user}
            me={user.id === me?.id}
            onRole={(role) => setAsked({ what: "role", user, role })}
            onEnable={() => change.mutate({ user, disabled: false })}
            onDisable={() => setAsked({ what: "disable", user })}
            onDelete={() => setAsked({ what: "delete", user })}
            onReset={() =>
              void makeReset(user).then(onReset, (problem) => toast.error(wordsOf(problem)))
            }
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
      {asked?.what === "delete" && (
        <DeleteUserDialog user={asked.user} onClose={() => setAsked(null)} />
      )}
      <ConfirmDialog
        open={asked?.what === "disable"}
        onOpenChange={(open) => !open && setAsked(null)}
        title={words.disableTitle(asked?.user.username ?? "")}
        description={words.disableText}
        action={words.disable}
        danger
        onConfirm={() => {
          if (asked !== null) {
            change.mutate({ user: asked.user, disabled: true });
          }
          setAsked(null);
        }}
      />
      {asked?.what === "role" && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={words.roleTitle(asked.user.username, words.roles[asked.role])}
          description={words.roleHints[asked.role]}
          action={words.roleAction}
          danger={asked.role === "admin"}
          onConfirm={() => {
            change.mutate({ user: asked.user, role: asked.role });
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

type ItemProps = {
  user: User;
  me: boolean;
  onRole: (role: Role) => void;
  onEnable: () => void;
  onDisable: () => void;
  onDelete: () => void;
  onReset: () => void;
};

function UserItem({ user, me, onRole, ...on }: ItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-2 text-sm font-medium break-all">
          {user.username}
          {me && <Badge tone="primary">{words.you}</Badge>}
          {user.state === "disabled" && <Badge tone="danger">{words.disabled}</Badge>}
        </h2>
        <p className="text-sm text-muted">{words.since(formatDate(user.createdAt))}</p>
      </div>
      <Select
        aria-label={words.roleOf(user.username)}
        title={words.roleHints[user.role]}
        className="h-9 w-auto max-sm:order-last max-sm:w-full pointer-coarse:h-10"
        value={user.role}
        // Who takes the role from himself could not give it back.
        disabled={me}
        onChange={(event) => onRole(event.target.value as Role)}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {words.roles[each]}
          </option>
        ))}
      </Select>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={words.actionsOf(user.username)}>
            <EllipsisVertical aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={on.onReset}>
            <KeyRound aria-hidden /> {words.reset}
          </MenuItem>
          {user.state === "disabled" ? (
            <MenuItem onSelect={on.onEnable}>
              <CircleCheck aria-hidden /> {words.enable}
            </MenuItem>
          ) : (
            <MenuItem disabled={me} onSelect={on.onDisable}>
              <Ban aria-hidden /> {words.disable}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger disabled={me} onSelect={on.onDelete}>
            <Trash2 aria-hidden /> {words.delete}
          </MenuItem>
        </MenuContent>
      </Menu>
    </li>
  );
}

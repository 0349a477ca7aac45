import { Page } from "@/components/page";
import { strings } from "@/strings";

export function UsersPage() {
  return <Page title={strings.nav.users}>{null}</Page>;
}

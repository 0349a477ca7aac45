import { Page } from "@/components/page";
import { strings } from "@/strings";

export function AccountPage() {
  return <Page title={strings.nav.settings}>{null}</Page>;
}

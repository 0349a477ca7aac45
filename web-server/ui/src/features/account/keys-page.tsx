import { Page } from "@/components/page";
import { strings } from "@/strings";

export function KeysPage() {
  return <Page title={strings.nav.settings}>{null}</Page>;
}

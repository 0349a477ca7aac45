import { Page } from "@/components/page";
import { strings } from "@/strings";

export function ResetPage() {
  return <Page title={strings.nav.settings}>{null}</Page>;
}

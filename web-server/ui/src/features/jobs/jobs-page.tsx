import { Page } from "@/components/page";
import { strings } from "@/strings";

export function JobsPage() {
  return <Page title={strings.nav.jobs}>{null}</Page>;
}

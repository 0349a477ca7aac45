import { Page } from "@/components/page";
import { strings } from "@/strings";

export function ClusterPage() {
  return <Page title={strings.nav.cluster}>{null}</Page>;
}

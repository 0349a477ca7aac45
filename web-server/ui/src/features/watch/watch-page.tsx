import { Page } from "@/components/page";
import { strings } from "@/strings";

export function WatchPage() {
  return <Page title={strings.name}>{null}</Page>;
}

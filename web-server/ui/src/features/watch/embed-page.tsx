import { Page } from "@/components/page";
import { strings } from "@/strings";

export function EmbedPage() {
  return <Page title={strings.name}>{null}</Page>;
}

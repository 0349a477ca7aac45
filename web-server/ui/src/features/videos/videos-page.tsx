import { Page } from "@/components/page";
import { strings } from "@/strings";

export function VideosPage() {
  return <Page title={strings.nav.videos}>{null}</Page>;
}

import { Page } from "@/components/page";
import { strings } from "@/strings";

export function HomePage() {
  return <Page title={strings.nav.home}>{null}</Page>;
}

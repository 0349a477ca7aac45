import { Page } from "@/components/page";
import { strings } from "@/strings";

export function UploadPage() {
  return <Page title={strings.nav.upload}>{null}</Page>;
}

import { DetailLoading } from "@/components/layout/detail-loading";
import { ListLoading } from "@/components/layout/list-loading";
import { Button } from "@/components/ui/button";

/** What stands in a page's place until it comes; the button only shows that the browser has taken over. */
export default function Loading() {
  return (
    <main className="grid grid-cols-1 gap-6 p-4">
      <ListLoading title="Validators" columns={5} filters={2} />
      <DetailLoading />
      <Button>Taken over</Button>
    </main>
  );
}

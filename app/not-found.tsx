import Link from "next/link";
import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <MessagePage
      title="Nothing is at this address"
      code="404"
      actions={
        <Button asChild kind="primary">
          <Link href="/o">Home</Link>
        </Button>
      }
    >
      Either the address was mistyped, or what stood here belongs to another organisation: the two look the same on
      purpose.
    </MessagePage>
  );
}

import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <MessagePage
      title="Nothing is at this address"
      code="404"
      actions={
        <Button asChild kind="primary">
          {/* A plain link: this page is a part of every other one's scripts, and the router's link would come twice. */}
          <a href="/o">Home</a>
        </Button>
      }
    >
      Either the address was mistyped, or what stood here belongs to another organisation: the two look the same on
      purpose.
    </MessagePage>
  );
}

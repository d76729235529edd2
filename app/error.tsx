"use client";

import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage
      title="This page could not be shown"
      code={error.digest}
      actions={
        <Button kind="primary" onClick={reset}>
          Try this page again
        </Button>
      }
    >
      A fault on our side stopped it while it was being put together. Nothing that you had started was undone by it. If
      it happens again, the code below finds the fault in our log.
    </MessagePage>
  );
}

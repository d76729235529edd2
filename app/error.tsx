"use client";

import { failureWords } from "@/components/layout/failure-words";
import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { title, sentence } = failureWords(error.digest);
  return (
    <MessagePage
      title={title}
      code={error.digest}
      actions={
        <Button kind="primary" onClick={reset}>
          Try this page again
        </Button>
      }
    >
      {sentence}
    </MessagePage>
  );
}

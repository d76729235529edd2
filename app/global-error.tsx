"use client";

import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";
import "./globals.css";

export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Omniphi Cloud: not working</title>
        <MessagePage
          title="The console could not start"
          code={error.digest}
          actions={
            <Button kind="primary" onClick={reset}>
              Start it again
            </Button>
          }
        >
          A fault on our side stopped the frame around every page. Nodes and jobs do not depend on this page and go on
          working.
        </MessagePage>
      </body>
    </html>
  );
}

"use client";

import { SectionError } from "@/components/layout/section-error";

export default function OrganizationError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <SectionError digest={error.digest} onRetry={reset} />;
}

import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { ValidatorList } from "@/components/validators/validator-list";

export const metadata: Metadata = { title: "My validators" };

export default function ValidatorsPage() {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="My validators"
        actions={
          <Button asChild kind="primary">
            <Link href="/validators/new">New validator</Link>
          </Button>
        }
      />
      <ValidatorList />
    </div>
  );
}

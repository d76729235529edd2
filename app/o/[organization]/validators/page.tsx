import type { Metadata } from "next";
import Link from "next/link";
import { organizationHref } from "@/components/layout/organization-href";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { ValidatorList } from "@/components/validators/validator-list";

export const metadata: Metadata = { title: "My validators" };

export default async function ValidatorsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params;
  return (
    <div className="grid gap-6">
      <PageHeader
        title="My validators"
        actions={
          <Button asChild kind="primary">
            <Link href={organizationHref(organization, "/validators/new")}>New validator</Link>
          </Button>
        }
      />
      <ValidatorList />
    </div>
  );
}

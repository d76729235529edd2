import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { stripInputs } from "@/components/validators/strip-inputs";
import { ValidatorList } from "@/components/validators/validator-list";
import { validatorListInput } from "@/components/validators/validator-list-input";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "My validators" };

export default async function ValidatorsPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const first = await firstRead(
    caller.validators.listSetupRequests(validatorListInput(await toSearchParams(searchParams))),
  );
  const strips = await Promise.all(
    stripInputs(first?.items ?? []).map((input) => firstRead(caller.chain.getSigningStrips(input))),
  );
  return <ValidatorList initial={first} initialStrips={strips} />;
}

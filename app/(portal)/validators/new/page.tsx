import { redirect } from "next/navigation";
import { FIRST_ANSWERS, firstOpenStep } from "@/components/validators/wizard/wizard-answers";
import { api } from "@/server/trpc/server";

/** Takes up an unfinished wizard where it was left; begins at the first step where there is none. */
export default async function NewValidatorPage(): Promise<never> {
  const caller = await api();
  const [networks, draft] = await Promise.all([
    caller.chain.networks({ status: "active" }),
    caller.validators.draft({}),
  ]);
  const network = networks[0];
  if (!network || Object.keys(draft).length === 0) redirect("/validators/new/mode");
  // The chain's own minimum is not asked for here: the wizard holds the answers against it before anything is sent.
  const facts = { ...network, minCommissionRate: null };
  redirect(`/validators/new/${firstOpenStep({ ...FIRST_ANSWERS, ...draft }, facts) ?? "review"}`);
}

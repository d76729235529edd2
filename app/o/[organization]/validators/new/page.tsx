import { redirect } from "next/navigation";
import { organizationHref } from "@/components/layout/organization-href";
import { FIRST_ANSWERS, firstOpenStep } from "@/components/validators/wizard/wizard-answers";
import { api } from "@/server/trpc/server";

type Props = { params: Promise<{ organization: string }> };

/** Takes up an unfinished wizard where it was left; begins at the first step where there is none. */
export default async function NewValidatorPage({ params }: Props): Promise<never> {
  const { organization } = await params;
  const leadTo = (step: string): never => redirect(organizationHref(organization, `/validators/new/${step}`));
  const caller = await api();
  const [networks, draft] = await Promise.all([
    caller.chain.listNetworks({ status: "active" }),
    caller.validators.getDraft({}),
  ]);
  const network = networks.find(({ id }) => id === draft.networkId) ?? networks[0];
  if (!network || Object.keys(draft).length === 0) return leadTo("mode");
  // The chain's own minimum is not asked for here: the wizard holds the answers against it before anything is sent.
  const facts = { ...network, minCommissionRate: null };
  const answers = { ...FIRST_ANSWERS, ...draft };
  const open = firstOpenStep(answers, facts) ?? "review";
  // The rates stand filled in and two of them are for ever, so nobody is led past them before having been behind them.
  const isPlacementUntouched = answers.regionCode === "" && answers.tierCode === "";
  return leadTo(open === "placement" && isPlacementUntouched ? "commission" : open);
}

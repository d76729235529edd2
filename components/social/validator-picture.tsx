import { ImageResponse } from "next/og";
import type { BlockState } from "@/components/figures/block-grid-layout";
import { standingJudgement } from "@/components/state/judgements";
import { drawableText } from "@/lib/badge/drawable-text";
import { decToPercent } from "@/lib/chain/dec";
import { formatInstant } from "@/lib/format/format-instant";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import { formatBaseUnits } from "@/lib/money";
import type { ChainValidator } from "@/server/domains/chain/mirror/schemas";
import type { Network } from "@/server/domains/chain/networks/schemas";
import type { PublicValidator } from "@/server/domains/validators/public-page/schemas";
import { SOCIAL_HEADERS, SOCIAL_SIZE, SocialCard } from "./social-card";

/** As many of its newest blocks as the picture has room for. */
export const BLOCKS_IN_PICTURE = 60;

/** A validator as previews of its page show it: name, standing and newest blocks. Drawn without asking anybody for anything. */
export function validatorPicture({
  validator,
  network,
  chain,
  blocks,
  now,
}: {
  readonly validator: Pick<PublicValidator, "moniker" | "operatorAddress" | "standing">;
  readonly network: Pick<Network, "chainId" | "displayName" | "displayDenom" | "denomExponent">;
  /** Null where the chain shows it no more. */
  readonly chain: Pick<ChainValidator, "tokensBaseUnits" | "rank" | "commissionRate"> | null;
  readonly blocks: readonly BlockState[];
  readonly now: Date;
}): ImageResponse {
  const amount = (baseUnits: string): string =>
    `${formatBaseUnits(baseUnits, network.denomExponent)}${UNIT_SPACE}${drawableText(network.displayDenom, "")}`;
  return new ImageResponse(
    <SocialCard
      title={drawableText(validator.moniker, shortenMiddle(validator.operatorAddress))}
      standing={standingJudgement(validator.standing)}
      blocks={blocks}
      figures={[
        { label: "Stake", value: chain ? amount(chain.tokensBaseUnits) : "unknown" },
        { label: "Rank", value: chain ? (chain.rank === null ? "none" : groupDigits(chain.rank)) : "unknown" },
        { label: "Commission", value: chain ? `${decToPercent(chain.commissionRate)}${UNIT_SPACE}%` : "unknown" },
      ]}
      foot={`${drawableText(network.displayName, network.chainId)}, as of ${formatInstant(now.getTime(), "UTC")}`}
    />,
    { ...SOCIAL_SIZE, headers: SOCIAL_HEADERS },
  );
}

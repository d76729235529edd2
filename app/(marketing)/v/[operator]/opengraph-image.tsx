import { SOCIAL_SIZE } from "@/components/social/social-card";
import { BLOCKS_IN_PICTURE, validatorPicture } from "@/components/social/validator-picture";
import { readPublicValidator } from "./read-public-validator";

export const dynamic = "force-dynamic";
export const size = SOCIAL_SIZE;
export const contentType = "image/png";
export const alt = "How the validator stands, with its newest blocks";

type Props = { params: Promise<{ operator: string }> };

/** The preview of a published validator, of the moment at which it was asked for. */
export default async function PublicValidatorImage({ params }: Props) {
  const { caller, validator, network } = await readPublicValidator((await params).operator);
  const { operatorAddress, consensusAddressHex, standing } = validator;
  const ofConsensus = { networkId: network.id, consensusAddress: consensusAddressHex };
  const [grid, chain] = await Promise.all([
    caller.chain.getSigningGrid({ ...ofConsensus, blocks: BLOCKS_IN_PICTURE }).catch(() => null),
    caller.chain.getChainValidator({ networkId: network.id, operatorAddress }).catch(() => null),
  ]);
  return validatorPicture({
    validator,
    network,
    chain: standing.state === "gone" ? null : chain,
    blocks: grid?.cells.map(({ state }) => state) ?? [],
    now: new Date(),
  });
}

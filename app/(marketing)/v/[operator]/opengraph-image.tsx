import { SOCIAL_SIZE } from "@/components/social/social-card";
import { BLOCKS_IN_PICTURE, validatorPicture } from "@/components/social/validator-picture";
import { readPublicSigning, readPublicValidator } from "./read-public-validator";

export const dynamic = "force-dynamic";
export const size = SOCIAL_SIZE;
export const contentType = "image/png";
export const alt = "How the validator stands, with its newest blocks";

type Props = { params: Promise<{ operator: string }> };

/** The preview of a published validator, of the moment at which it was asked for. */
export default async function PublicValidatorImage({ params }: Props) {
  const published = await readPublicValidator((await params).operator);
  const { validator, network } = published;
  const { grid, chain } = await readPublicSigning(published, BLOCKS_IN_PICTURE);
  return validatorPicture({
    validator,
    network,
    chain,
    blocks: grid?.cells.map(({ state }) => state) ?? [],
    now: new Date(),
  });
}

import { ImageResponse } from "next/og";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant } from "@/lib/format/format-instant";
import { formatShare } from "@/lib/format/format-percent";
import { groupDigits } from "@/lib/format/group-digits";
import type { Receipts } from "@/server/domains/validators/public-page/schemas";
import { SOCIAL_HEADERS, SOCIAL_SIZE, SocialCard } from "./social-card";

/** The first page as previews show it: what this installation measured of itself, and nothing that it did not. */
export function landingPicture(receipts: Receipts | null): ImageResponse {
  const asked = BigInt((receipts?.blocks?.signed ?? 0) + (receipts?.blocks?.missed ?? 0));
  const figures = [
    receipts ? { label: "Validators run", value: groupDigits(receipts.validators) } : null,
    receipts?.blocks && asked > 0n
      ? {
          label: `Blocks signed, ${receipts.windowDays} days`,
          value: formatShare(BigInt(receipts.blocks.signed), asked),
        }
      : null,
    receipts?.setups
      ? { label: "Request to ready node, median", value: formatDuration(receipts.setups.medianMs) }
      : null,
  ].filter((figure) => figure !== null);
  return new ImageResponse(
    <SocialCard
      title="A validator of your own, from your wallet to its first signed block."
      figures={figures}
      foot={
        receipts
          ? `Measured by this installation, ${formatInstant(Date.parse(receipts.measuredAt), "UTC")}`
          : "A real node, your own key, every block accounted for"
      }
    />,
    { ...SOCIAL_SIZE, headers: SOCIAL_HEADERS },
  );
}

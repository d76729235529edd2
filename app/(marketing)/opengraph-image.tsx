import { landingPicture } from "@/components/social/landing-picture";
import { SOCIAL_SIZE } from "@/components/social/social-card";
import { readReceipts } from "./read-receipts";

export const dynamic = "force-dynamic";
export const size = SOCIAL_SIZE;
export const contentType = "image/png";
export const alt = "Omniphi Cloud: a validator of your own, and what this installation measured";

/** The preview of the public pages. */
export default async function LandingImage() {
  return landingPicture(await readReceipts());
}

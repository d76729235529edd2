import type { Metadata } from "next";
import { stakingPlace } from "@/app/staking-place";
import { StakingPage } from "@/components/staking/staking-page";

export const metadata: Metadata = { title: "Stake and rewards" };

export default async function StakePage() {
  return <StakingPage {...(await stakingPlace())} />;
}

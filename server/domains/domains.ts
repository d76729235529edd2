import "server-only";
import { agents } from "./agents/surface";
import { chain } from "./chain/surface";
import { fleet } from "./fleet/surface";
import { identity } from "./identity/surface";
import { monitoring } from "./monitoring/surface";
import { notifications } from "./notifications/surface";
import { operations } from "./operations/surface";
import { regions } from "./regions/surface";
import { staking } from "./staking/surface";
import { validators } from "./validators/surface";

/** Every domain of the product, in the order of their tiers. What is not here does not exist for transports, jobs, roles and pages. */
export const domains = [
  identity,
  agents,
  chain,
  notifications,
  operations,
  regions,
  validators,
  monitoring,
  staking,
  fleet,
] as const;

import { z } from "zod";
import { HostedNode, reportAnswer, serverReport } from "@/lib/contracts/agent/report";
import { listInput } from "@/server/kernel/pagination";
import { boundedText, flag, nameText, patternText } from "@/server/kernel/text";
import { DEFAULT_SERVER_NODES, MACHINE_TYPES, SERVER_PLACEMENTS, SERVER_STATUSES } from "../constants";
import { regionsDomain } from "../domain";
import { RegionCode } from "../schemas";

/** A name as machines have it in the DNS (RFC 1123), in lower case. */
const Hostname = boundedText(253)
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    patternText(
      /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
      "a host name such as fra1-host-07.example.org",
      253,
    ),
  );
const IpAddress = boundedText(45, "an IPv4 or IPv6 address").pipe(
  z.union([z.ipv4(), z.ipv6()], { error: "an IPv4 or IPv6 address" }),
);
const amount = (max: number) => z.number().int().min(1).max(max);

/** Body of `POST /api/v1/regions/register-server`. */
export const RegisterServerInput = z.strictObject({
  regionCode: RegionCode,
  hostname: Hostname,
  ipAddress: IpAddress,
  internalIp: IpAddress.optional(),
  provider: nameText(60),
  providerInstanceId: nameText(120).optional(),
  availabilityZone: nameText(60).optional(),
  machineType: z.enum(MACHINE_TYPES),
  cpuCores: amount(4_096),
  memoryGb: amount(1_048_576),
  diskGb: amount(1_048_576),
  maxValidators: amount(10_000).default(DEFAULT_SERVER_NODES),
  tags: z.array(nameText(60)).max(20).default([]),
});

const figure = z.number().nullable();

/** One server as operators see it; what its agent did not measure is null. */
export const RegionServer = z
  .object({
    id: z.string(),
    regionCode: RegionCode,
    hostname: z.string(),
    ipAddress: z.string(),
    internalIp: z.string().nullable(),
    provider: z.string(),
    providerInstanceId: z.string().nullable(),
    availabilityZone: z.string().nullable(),
    machineType: z.enum(MACHINE_TYPES),
    cpuCores: z.number().int(),
    memoryGb: z.number().int(),
    diskGb: z.number().int(),
    maxValidators: z.number().int(),
    tags: z.array(z.string()),
    status: z.enum(SERVER_STATUSES),
    placement: z.enum(SERVER_PLACEMENTS),
    /** Whether it would take one more node: well, open, and with room as far as its agent counted. */
    isAvailable: z.boolean(),
    agentVersion: z.string().nullable(),
    enrolledAt: z.string().nullable(),
    lastHeartbeatAt: z.string().nullable(),
    cpuPercent: figure,
    memoryPercent: figure,
    diskPercent: figure,
    loadAverage: figure,
    roundTripMs: figure,
    uptimeSeconds: figure,
    /** What its agent found there at its last report; null where it could not look, or never reported. */
    nodes: z.array(HostedNode).nullable(),
    placementChangedAt: z.string().nullable(),
    createdAt: z.string(),
    decommissionedAt: z.string().nullable(),
  })
  .meta({ id: "RegionServer" });
export type RegionServer = z.infer<typeof RegionServer>;

/** A server with the token by which its agent enrols, once. */
export const ServerWithToken = z
  .object({
    server: RegionServer,
    /** Shown once; null in the answer to a repeated Idempotency-Key. */
    token: z.string().nullable(),
    tokenExpiresAt: z.string(),
  })
  .meta({ id: "ServerWithToken" });

export const ServerRef = z.strictObject({ regionCode: RegionCode, serverId: regionsDomain.idText("server") });
export const ServerId = ServerRef.pick({ serverId: true });
export const ListServersInput = z.strictObject({
  ...listInput,
  /** Those of every region when it is not said. */
  regionCode: RegionCode.optional(),
  status: z.enum(SERVER_STATUSES).optional(),
  /** Only those that would take one more node now. */
  availableOnly: flag.optional(),
});
export const DecommissionServerInput = ServerRef.extend({
  /** The operator's word that the machine is no more: then its last report is no obstacle. */
  isGone: z.boolean().default(false),
});

/** Body of a server's heartbeat. */
export const ServerHeartbeatInput = ServerRef.extend(serverReport);
export const ServerHeartbeatAnswer = z
  .object({
    status: z.enum(SERVER_STATUSES),
    placement: z.enum(SERVER_PLACEMENTS),
    lastHeartbeatAt: z.string(),
    ...reportAnswer,
  })
  .meta({ id: "ServerHeartbeat" });

export const ServerHistoryInput = ServerId.extend({ hours: z.coerce.number().int().min(1).max(168).default(24) });
/** What a server reported, on an even raster; a step without a report is left out. */
export const ServerHistory = z
  .object({
    fromAt: z.string(),
    toAt: z.string(),
    stepSeconds: z.number().int(),
    samples: z.array(
      z.object({
        at: z.string(),
        cpuPercent: figure,
        memoryPercent: figure,
        diskPercent: figure,
        loadAverage: figure,
        roundTripMs: figure,
        nodeCount: figure,
      }),
    ),
  })
  .meta({ id: "ServerHistory" });

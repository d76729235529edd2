import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { UnknownText } from "@/components/figures/unknown-text";
import { NODE_STANDING_WORDS, standingJudgement, standingText } from "@/components/state/judgements";
import { StateBadge } from "@/components/state/state-badge";
import { Checkbox } from "@/components/ui/checkbox";
import { RegionName } from "@/components/validators/region-name";
import type { FleetRow } from "@/server/domains/fleet/schemas";
import { UNKNOWN_VERSION } from "@/server/domains/validators/constants";

export type Selection = {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (setupRequestId: string) => void;
};

const organizationOf = ({ organizationName, organizationId }: FleetRow): string => organizationName ?? organizationId;

const COLUMNS: readonly DataColumn<FleetRow>[] = [
  {
    id: "name",
    header: "Validator",
    isName: true,
    cell: ({ setupRequest }) => <NameCell name={setupRequest.validatorName} />,
    text: ({ setupRequest }) => setupRequest.validatorName,
  },
  {
    id: "organization",
    header: "Organisation",
    cell: (row) => <span className="break-words">{organizationOf(row)}</span>,
    text: organizationOf,
  },
  {
    id: "standing",
    header: "Validator's state",
    cell: ({ setupRequest }) => <StateBadge {...standingJudgement(setupRequest.standing)} />,
    text: ({ setupRequest }) => standingText(setupRequest.standing),
  },
  {
    id: "nodeState",
    header: "Node",
    cell: ({ setupRequest }) => NODE_STANDING_WORDS[setupRequest.standing.nodeState],
    text: ({ setupRequest }) => setupRequest.standing.nodeState,
  },
  {
    id: "driver",
    header: "Driver",
    cell: ({ driver }) => driver ?? <span className="text-ink-muted">none yet</span>,
    text: ({ driver }) => driver ?? "",
  },
  {
    id: "version",
    header: "Version",
    cell: ({ version }) =>
      version === UNKNOWN_VERSION ? (
        <UnknownText reason="Its program tells no version, or it has no node." />
      ) : (
        <span className="font-mono text-xs">{version}</span>
      ),
    text: ({ version }) => version,
  },
  {
    id: "region",
    header: "Region",
    cell: ({ setupRequest }) => <RegionName code={setupRequest.regionCode} />,
    text: ({ setupRequest }) => setupRequest.regionCode,
  },
  {
    id: "operation",
    header: "Under way",
    cell: ({ node }) => node?.operation ?? <span className="text-ink-muted">nothing</span>,
    text: ({ node }) => node?.operation ?? "",
  },
  {
    id: "seen",
    header: "Last heard of",
    align: "right",
    cell: ({ node, machine }) => {
      const at = node?.lastSeenAt ?? machine?.lastSeen ?? null;
      return at === null ? <span className="text-ink-muted">not yet</span> : <AgeText at={at} />;
    },
    text: ({ node, machine }) => node?.lastSeenAt ?? machine?.lastSeen ?? "",
  },
];

/** The fleet's columns, the first of them the reader's choice of rows. */
export const fleetColumns = ({ chosen, toggle }: Selection): readonly DataColumn<FleetRow>[] => [
  {
    id: "chosen",
    header: "Chosen",
    width: "w-20",
    cell: ({ setupRequest: { id, validatorName } }) => (
      <Checkbox checked={chosen.has(id)} onChange={() => toggle(id)}>
        <span className="sr-only">Choose {validatorName}</span>
      </Checkbox>
    ),
  },
  ...COLUMNS,
];

// Plain JavaScript without imports: the launcher reads it before anything is installed.
/** In the order in which they are stopped: what uses another stops before it. */
export const PROCESSES = [
  {
    name: "watcher",
    runs: "always",
    stops: "before-web",
    health: "watcher",
    does: "follows each network's blocks, looks at every node and every alert rule more often than a cron can",
    copies: "one a network follows its blocks and one looks at the rules, by advisory lock; each looks at the nodes",
  },
  {
    name: "relay",
    runs: "always",
    stops: "after-web",
    health: "relay",
    does: "sends the outbox's events to the job engine as they are committed",
    copies: "one active, by advisory lock; others stand by",
  },
  {
    name: "engine",
    runs: "without-inngest",
    stops: "after-web",
    health: "jobs",
    does: "the embedded job engine: Inngest's published protocol over Postgres",
    copies: "one active, others stand by",
  },
  { name: "check-settings", runs: "once", does: "says which settings are wrong, before anything is changed" },
  { name: "migrate", runs: "once", does: "brings the database to this version and seeds it" },
  { name: "register-localnet", runs: "once", does: "tells the product of the local chain" },
  { name: "grant-admin", runs: "once", does: "makes the person behind a wallet a platform admin" },
];

export const lastingProcesses = ({ hasInngest }) =>
  PROCESSES.filter(({ runs }) => runs === "always" || (runs === "without-inngest" && !hasInngest));

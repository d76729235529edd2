/** What the transports need of the environment; values, so that tests can give their own. */
export type Settings = {
  /** Origin of this installation as people see it. */
  readonly publicUrl: string;
  /** Where weaknesses are reported (`mailto:…` or `https://…`); null when nobody said. */
  readonly securityContact: string | null;
  /** Signs and keys every credential. */
  readonly authSecret: string;
  /** How many reverse proxies in front add to X-Forwarded-For. */
  readonly trustedProxyCount: number;
  readonly metricsToken: string;
  readonly dataDir: string;
  /** A real Inngest server that runs the jobs; null where the embedded engine does. */
  readonly inngestBaseUrl: string | null;
  /** Signs the calls of the job server, whichever it is. */
  readonly inngestSigningKey: string;
  /** Whether answers are checked against their declared shape and refused when they differ; costs time, so not in production. */
  readonly isStrict: boolean;
};

/** Version of this program; the protocol has its own. */
export const AGENT_VERSION = "0.1.0";

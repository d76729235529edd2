/** A local chain that cannot be made or started, with a sentence for the person who asked for it. */
export class LocalnetError extends Error {
  /**
   * @param {"posd_failed" | "port_in_use" | "home_not_empty" | "not_initialised" | "differs" | "exited" | "timeout"} code
   * @param {string} message
   * @param {Record<string, string | number>} [details]
   */
  constructor(code, message, details = {}) {
    super(message);
    this.name = "LocalnetError";
    this.code = code;
    this.details = details;
  }
}

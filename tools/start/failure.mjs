/** A start that cannot go on: `what` happened in one sentence, `fix` says what to do now, `code` is stable. */
export class StartFailure extends Error {
  constructor({ code, what, fix, cause }) {
    super(what, { cause });
    this.name = "StartFailure";
    this.code = code;
    this.what = what;
    this.fix = fix;
  }
}

/** Turns any throw into `{ code, what, fix }`; a full disk and a refused path are told apart by their errno, never by text. */
export function explainFailure(error) {
  if (error instanceof StartFailure) return { code: error.code, what: error.what, fix: error.fix };
  const path = typeof error?.path === "string" ? ` at ${error.path}` : "";
  if (error?.code === "ENOSPC" || error?.code === "EDQUOT") {
    return {
      code: "start.disk_full",
      what: `The disk is full${path}.`,
      fix: "Free some space, or set OMNIPHI_DATA_DIR to a directory on another disk, then start again.",
    };
  }
  if (error?.code === "EACCES" || error?.code === "EPERM" || error?.code === "EROFS") {
    return {
      code: "start.not_permitted",
      what: `This user may not write${path}.`,
      fix: "Give this user the right to write there, or set OMNIPHI_DATA_DIR to a directory of its own.",
    };
  }
  return {
    code: "start.unexpected",
    what: error instanceof Error ? error.message : String(error),
    fix: "Start again; the logs folder of the data directory has the details.",
  };
}

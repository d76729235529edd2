/**
 * Runs the lanes at the same time and each lane's stages in its order. A stage whose `after` stands in the other lane begins that one itself
 * when nobody has yet, and waits for it. Rejects with the first stage that throws, once every lane has ended; `onFailure` may hurry them.
 */
export async function runLanes(lanes, { afterOf, run, onFailure }) {
  const begun = new Map();
  const wanted = new Set(Object.values(lanes).flat());
  const perform = async (name, lane) => {
    for (const earlier of afterOf(name)) if (wanted.has(earlier)) await begin(earlier, lane);
    await run(name, lane);
  };
  const begin = (name, lane) => {
    if (!begun.has(name)) begun.set(name, perform(name, lane));
    return begun.get(name);
  };
  const follow = async ([lane, names]) => {
    try {
      for (const name of names) await begin(name, lane);
    } catch (error) {
      onFailure(error);
      throw error;
    }
  };
  const ends = await Promise.allSettled(Object.entries(lanes).map(follow));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

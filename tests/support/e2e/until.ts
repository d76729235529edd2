/** Asks again and again until the answer is truthy; the limit only bounds a wait that never ends. */
export async function until<T>(
  what: string,
  limitMs: number,
  ask: () => Promise<T | false | null | undefined>,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

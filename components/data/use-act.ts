"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { shownError } from "@/components/data/trpc-client";

/** One act of a page: whether it is under way and why its last try failed. What it changed is read again at once. */
export function useAct<Input>(act: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const queryClient = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function run(input: Input): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await act(input);
      onDone?.();
      await queryClient.invalidateQueries();
    } catch (thrown) {
      const { message, code } = shownError(thrown);
      setError(`${message} [${code}]`);
    } finally {
      setBusy(false);
    }
  }
  return { run, isBusy, error, forget: () => setError(undefined) };
}

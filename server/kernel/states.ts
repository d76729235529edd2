import { invalidState } from "./errors";

/** All legal moves of one kind of row: from each state, the states it may go to. */
export type TransitionTable<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Whether the move is in the table. */
export function canTransition<State extends string>(table: TransitionTable<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/** @throws invalid_state `<code>` when the table has no such move. */
export function assertTransition<State extends string>(
  table: TransitionTable<State>,
  from: State,
  to: State,
  error: { code: string; subject: string },
): void {
  if (canTransition(table, from, to)) return;
  throw invalidState(error.code, `${error.subject} is ${from} and cannot become ${to}.`, { details: { from, to } });
}

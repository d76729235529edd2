/** All legal moves of one kind of row: from each state, the states it may go to. */
export type TransitionTable<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Whether the move is in the table. */
export function canTransition<State extends string>(table: TransitionTable<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

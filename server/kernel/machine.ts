import { eq } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { AuditEntry, CommandCtx } from "./context";
import { invalidState } from "./errors";
import { canTransition, type TransitionTable } from "./states";

/** A table whose rows have states: one row is found by its id. */
type StatefulTable = PgTable & { readonly id: PgColumn };
type Row<Table extends PgTable> = Table["$inferSelect"];
type Insert<Table extends PgTable> = Table["$inferInsert"];
type StateOf<Table extends PgTable, Column extends keyof Row<Table>> = Row<Table>[Column] & string;

/** One move as audit and story see it; `row` is the row after it. */
export type Change<Table extends PgTable, State extends string> = {
  readonly from: State;
  readonly to: State;
  readonly reason: string | null;
  readonly row: Row<Table>;
};

/** Everything about the states of one kind of row. */
export type Machine<Table extends StatefulTable, Column extends keyof Row<Table> & string, Line> = {
  readonly table: Table;
  /** Property of the column that holds the state; nothing but `move` and `observe` writes it after the insert. */
  readonly column: Column;
  /** Property of the column that holds the code of why the row is in its state; a move without a reason clears it. */
  readonly reasonColumn?: keyof Row<Table> & string;
  /** Property of the column that takes the command's time with each move. */
  readonly movedAtColumn?: keyof Row<Table> & string;
  readonly moves: TransitionTable<StateOf<Table, Column>>;
  readonly refusal: { readonly code: string; readonly subject: string };
  /** The audit entry of a move; null for one that was only measured and that nobody acts on. */
  readonly audit: (change: Change<Table, StateOf<Table, Column>>) => AuditEntry | null;
  /** Writes the caller's line about the move into the story that people read. */
  readonly story?: (
    ctx: CommandCtx<string | null>,
    change: Change<Table, StateOf<Table, Column>>,
    line: Line,
  ) => Promise<void>;
};

/** Declares the states of a table's rows: which moves there are, and what each of them leaves behind. */
export const machine = <Table extends StatefulTable, Column extends keyof Row<Table> & string, Line = never>(
  definition: Machine<Table, Column, Line>,
): Machine<Table, Column, Line> => definition;

/** Columns that may change without a move: all but the id and the state. */
export type Patch<Table extends PgTable, Column extends string> = Partial<Omit<Insert<Table>, "id" | Column>> & {
  readonly [Key in Column | "id"]?: never;
};

type MoveOptions<Table extends PgTable, Column extends string, Line> = {
  /** Further columns of the row, written with the state. */
  readonly patch?: Patch<Table, Column>;
  /** Code of why. */
  readonly reason?: string | null;
  readonly story?: Line;
};

/**
 * The one way by which a row changes state: locks it, asks the table about the state that it has under the lock, and writes row, audit entry and
 * story in the caller's transaction. @throws invalid_state `<refusal.code>` when the table has no such move
 */
export async function move<Table extends StatefulTable, Column extends keyof Row<Table> & string, Line>(
  ctx: CommandCtx<string | null>,
  of: Machine<Table, Column, Line>,
  row: { readonly id: string },
  to: StateOf<Table, Column>,
  options: MoveOptions<Table, Column, Line> = {},
): Promise<Row<Table>> {
  const from = await lockState(ctx, of, row.id);
  if (!canTransition(of.moves, from, to)) {
    const message = `${of.refusal.subject} is ${from} and cannot become ${to}.`;
    throw invalidState(of.refusal.code, message, { details: { from, to } });
  }
  const reason = options.reason ?? null;
  const changed = await write(ctx, of, row.id, {
    ...options.patch,
    ...(of.reasonColumn === undefined ? {} : { [of.reasonColumn]: reason }),
    ...(of.movedAtColumn === undefined ? {} : { [of.movedAtColumn]: ctx.now }),
    [of.column]: to,
  });
  const change = { from, to, reason, row: changed };
  const entry = of.audit(change);
  if (entry) ctx.audit(entry);
  if (options.story !== undefined) await of.story?.(ctx, change, options.story);
  return changed;
}

/** The same for a state that was looked up: in the state already, the row takes patch and reason, and nothing is told. */
export async function observe<Table extends StatefulTable, Column extends keyof Row<Table> & string, Line>(
  ctx: CommandCtx<string | null>,
  of: Machine<Table, Column, Line>,
  row: { readonly id: string },
  to: StateOf<Table, Column>,
  options: MoveOptions<Table, Column, Line> = {},
): Promise<Row<Table>> {
  if ((await lockState(ctx, of, row.id)) !== to) return move(ctx, of, row, to, options);
  return write(ctx, of, row.id, {
    ...options.patch,
    ...(of.reasonColumn === undefined ? {} : { [of.reasonColumn]: options.reason ?? null }),
    [of.column]: to,
  });
}

async function lockState<Table extends StatefulTable, Column extends keyof Row<Table> & string>(
  { tx }: Pick<CommandCtx<string | null>, "tx">,
  of: Machine<Table, Column, never>,
  id: string,
): Promise<StateOf<Table, Column>> {
  const table: StatefulTable = of.table;
  const [row] = await tx.select().from(table).where(eq(table.id, id)).for("no key update");
  if (!row) throw new Error(`${of.refusal.subject} ${id} has no row`);
  return row[of.column] as StateOf<Table, Column>;
}

async function write<Table extends StatefulTable>(
  { tx }: Pick<CommandCtx<string | null>, "tx">,
  of: { readonly table: Table },
  id: string,
  values: Readonly<Record<string, unknown>>,
): Promise<Row<Table>> {
  const table: StatefulTable = of.table;
  const [row] = await tx.update(table).set(values).where(eq(table.id, id)).returning();
  if (!row) throw new Error(`the row ${id} vanished under its lock`);
  return row;
}

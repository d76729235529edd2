import { customType, text, timestamp } from "drizzle-orm/pg-core";

/** Prefixed UUIDv7 as text; see `server/kernel/ids`. */
export const id = () => text().primaryKey();

/** Instant with zone. */
export const instant = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });

/** When the row was made and last changed. */
export const timestamps = () => ({
  createdAt: instant().notNull().defaultNow(),
  updatedAt: instant()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
});

/** Whole number of base units up to 78 digits: `numeric(78,0)` in the database, bigint in code. Never a float. */
export const baseUnits = customType<{ data: bigint; driverData: string }>({
  dataType: () => "numeric(78,0)",
  fromDriver: (value) => BigInt(value),
  toDriver: (value) => value.toString(),
});

/** A state that is measured outside or wished for, and only written down: no machine moves it. */
export const writtenState = <State extends string>() => text().$type<State>();

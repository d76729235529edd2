ALTER TABLE "idempotency_keys" ADD COLUMN "leased_until" timestamp (3) with time zone;--> statement-breakpoint
-- The answer stands in a wrapper, so that one of null is told from none.
UPDATE "idempotency_keys" SET "result" = jsonb_build_object('answer', "result");

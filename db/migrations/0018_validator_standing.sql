ALTER TYPE "public"."setup_status" ADD VALUE 'ended' BEFORE 'failed';--> statement-breakpoint
DROP INDEX "validator_setup_requests_live_operator_uq";--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "jailed_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "jailed_height_blocks" bigint;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "jail_cause" text;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "unbonds_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "delegator_shares" text;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "profile" jsonb;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "removed_height_blocks" bigint;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "validator_setup_requests_live_operator_uq" ON "validator_setup_requests" USING btree ("network_id","operator_address") WHERE "validator_setup_requests"."status" not in ('cancelled', 'failed') and "validator_setup_requests"."ended_at" is null;
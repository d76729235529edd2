ALTER TABLE "validator_transactions" RENAME TO "chain_transactions";--> statement-breakpoint
ALTER TABLE "chain_transactions" RENAME CONSTRAINT "validator_transactions_pkey" TO "chain_transactions_pkey";--> statement-breakpoint
ALTER TABLE "chain_transactions" DROP CONSTRAINT "validator_transactions_setup_request_id_validator_setup_requests_id_fk";--> statement-breakpoint
DROP INDEX "validator_transactions_in_flight_uq";--> statement-breakpoint
DROP INDEX "validator_transactions_request_idx";--> statement-breakpoint
ALTER INDEX "validator_transactions_hash_uq" RENAME TO "chain_transactions_hash_uq";--> statement-breakpoint
ALTER TABLE "chain_transactions" RENAME COLUMN "setup_request_id" TO "subject_id";--> statement-breakpoint
ALTER TABLE "chain_transactions" ADD COLUMN "subject_kind" text NOT NULL DEFAULT 'setupRequest';--> statement-breakpoint
ALTER TABLE "chain_transactions" ALTER COLUMN "subject_kind" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "chain_transactions" ADD COLUMN "status_reason" text;--> statement-breakpoint
UPDATE "chain_transactions" SET "status_reason" = CASE
  WHEN "status" = 'expired' THEN 'chain.transaction_not_seen'
  WHEN "height" IS NULL THEN 'chain.transaction_refused'
  ELSE 'chain.transaction_reverted'
END WHERE "status" IN ('failed', 'expired');--> statement-breakpoint
CREATE UNIQUE INDEX "chain_transactions_in_flight_uq" ON "chain_transactions" USING btree ("subject_kind","subject_id") WHERE "chain_transactions"."status" in ('accepted', 'broadcast');--> statement-breakpoint
CREATE INDEX "chain_transactions_subject_idx" ON "chain_transactions" USING btree ("subject_kind","subject_id","created_at");--> statement-breakpoint
DROP INDEX "region_allocations_held_uq";--> statement-breakpoint
ALTER TABLE "region_allocations" ADD COLUMN "holder_kind" text NOT NULL DEFAULT 'setupRequest';--> statement-breakpoint
ALTER TABLE "region_allocations" ALTER COLUMN "holder_kind" DROP DEFAULT;--> statement-breakpoint
CREATE UNIQUE INDEX "region_allocations_held_uq" ON "region_allocations" USING btree ("holder_kind","holder_id") WHERE "region_allocations"."released_at" is null;

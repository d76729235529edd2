CREATE TYPE "public"."endpoint_state" AS ENUM('unknown', 'healthy', 'failing', 'quarantined');--> statement-breakpoint
CREATE TYPE "public"."network_status" AS ENUM('active', 'planned', 'retired');--> statement-breakpoint
CREATE TYPE "public"."region_status" AS ENUM('active', 'degraded', 'maintenance', 'offline', 'coming_soon');--> statement-breakpoint
CREATE TYPE "public"."node_status" AS ENUM('starting', 'running', 'syncing', 'synced', 'stopped', 'error', 'terminated');--> statement-breakpoint
CREATE TYPE "public"."setup_status" AS ENUM('pending', 'provisioning', 'configuring', 'ready_for_chain_tx', 'chain_tx_pending', 'active', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."transaction_status" AS ENUM('prepared', 'accepted', 'broadcast', 'included', 'failed', 'expired', 'superseded');--> statement-breakpoint
DROP INDEX "validator_setup_requests_live_operator_uq";--> statement-breakpoint
DROP INDEX "validator_setup_requests_live_pubkey_uq";--> statement-breakpoint
DROP INDEX "validator_nodes_active_uq";--> statement-breakpoint
DROP INDEX "validator_transactions_hash_uq";--> statement-breakpoint
DROP INDEX "validator_transactions_in_flight_uq";--> statement-breakpoint
ALTER TABLE "network_endpoints" ALTER COLUMN "state" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "network_endpoints" ALTER COLUMN "state" SET DATA TYPE "public"."endpoint_state" USING "state"::"public"."endpoint_state";--> statement-breakpoint
ALTER TABLE "network_endpoints" ALTER COLUMN "state" SET DEFAULT 'unknown';--> statement-breakpoint
ALTER TABLE "networks" ALTER COLUMN "status" SET DATA TYPE "public"."network_status" USING "status"::"public"."network_status";--> statement-breakpoint
ALTER TABLE "regions" ALTER COLUMN "status" SET DATA TYPE "public"."region_status" USING "status"::"public"."region_status";--> statement-breakpoint
ALTER TABLE "validator_nodes" ALTER COLUMN "status" SET DATA TYPE "public"."node_status" USING "status"::"public"."node_status";--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ALTER COLUMN "status" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ALTER COLUMN "status" SET DATA TYPE "public"."setup_status" USING "status"::"public"."setup_status";--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ALTER COLUMN "status" SET DEFAULT 'pending';--> statement-breakpoint
ALTER TABLE "validator_transactions" ALTER COLUMN "status" SET DATA TYPE "public"."transaction_status" USING "status"::"public"."transaction_status";--> statement-breakpoint
CREATE UNIQUE INDEX "validator_setup_requests_live_operator_uq" ON "validator_setup_requests" USING btree ("network_id","operator_address") WHERE "validator_setup_requests"."status" not in ('cancelled', 'failed');--> statement-breakpoint
CREATE UNIQUE INDEX "validator_setup_requests_live_pubkey_uq" ON "validator_setup_requests" USING btree ("network_id","consensus_pubkey") WHERE "validator_setup_requests"."status" not in ('cancelled', 'failed');--> statement-breakpoint
CREATE UNIQUE INDEX "validator_nodes_active_uq" ON "validator_nodes" USING btree ("setup_request_id") WHERE "validator_nodes"."status" <> 'terminated';--> statement-breakpoint
CREATE UNIQUE INDEX "validator_transactions_hash_uq" ON "validator_transactions" USING btree ("network_id","tx_hash") WHERE "validator_transactions"."status" not in ('failed', 'expired');--> statement-breakpoint
CREATE UNIQUE INDEX "validator_transactions_in_flight_uq" ON "validator_transactions" USING btree ("setup_request_id") WHERE "validator_transactions"."status" in ('accepted', 'broadcast');--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "status_reason" text;--> statement-breakpoint
UPDATE "validator_nodes" SET "status_reason" = CASE
  WHEN "status_message" LIKE 'The volume has lost its sign state.%' OR "status_message" LIKE '%sign state is older than the last one seen.%' THEN 'validators.sign_state_refused'
  WHEN "status_message" LIKE 'The volume holds a consensus key without its sign state%' THEN 'runtime.sign_state_missing'
  WHEN "status_message" LIKE '%sign state cannot be read, and starting could%' THEN 'runtime.sign_state_invalid'
  WHEN "status_message" LIKE '%sign state is older than what this key has signed%' THEN 'runtime.sign_state_regressed'
END WHERE "status" = 'error';

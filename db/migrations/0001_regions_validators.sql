CREATE TABLE "machine_tiers" (
	"id" text PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"code" text NOT NULL,
	"cpu_cores" integer NOT NULL,
	"memory_gb" integer NOT NULL,
	"disk_gb" integer NOT NULL,
	"bandwidth_gbps" integer NOT NULL,
	"monthly_price_minor_units" integer NOT NULL,
	"currency" text NOT NULL,
	"is_testnet_only" boolean NOT NULL,
	"is_available" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "region_allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"holder_id" text NOT NULL,
	"held_at" timestamp (3) with time zone NOT NULL,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"display_name" text NOT NULL,
	"city" text NOT NULL,
	"country_code" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"cloud_zones" jsonb NOT NULL,
	"status" text NOT NULL,
	"is_accepting_new" boolean NOT NULL,
	"max_validators" integer NOT NULL,
	"active_validators" integer DEFAULT 0 NOT NULL,
	"priority" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "regions_slots_ck" CHECK ("regions"."active_validators" between 0 and "regions"."max_validators")
);
--> statement-breakpoint
CREATE TABLE "provisioning_events" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"setup_request_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"event_type" text NOT NULL,
	"step" text,
	"message" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "validator_nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"setup_request_id" text NOT NULL,
	"volume_id" text NOT NULL,
	"network_id" text NOT NULL,
	"host_kind" text NOT NULL,
	"desired_state" text NOT NULL,
	"status" text NOT NULL,
	"status_message" text DEFAULT '' NOT NULL,
	"operation" text,
	"operation_step" text,
	"generation" integer DEFAULT 1 NOT NULL,
	"operation_started_at" timestamp (3) with time zone,
	"binary_path" text NOT NULL,
	"binary_sha256" text NOT NULL,
	"binary_version" text NOT NULL,
	"genesis_path" text NOT NULL,
	"genesis_sha256" text NOT NULL,
	"persistent_peers" jsonb NOT NULL,
	"minimum_gas_prices" text NOT NULL,
	"cpu_millicores" integer NOT NULL,
	"memory_bytes" bigint NOT NULL,
	"runtime_ref" text,
	"p2p_node_id" text,
	"rpc_url" text,
	"p2p_address" text,
	"last_block_height" bigint,
	"lag_blocks" integer,
	"is_catching_up" boolean,
	"peer_count" integer,
	"node_version" text,
	"restart_count" integer,
	"cpu_percent" integer,
	"memory_used_bytes" bigint,
	"volume_used_bytes" bigint,
	"last_seen_at" timestamp (3) with time zone,
	"last_check_error" text,
	"started_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"terminated_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "validator_setup_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"created_by_user_id" text NOT NULL,
	"network_id" text NOT NULL,
	"wallet_address" text NOT NULL,
	"operator_address" text NOT NULL,
	"validator_name" text NOT NULL,
	"identity" text DEFAULT '' NOT NULL,
	"website" text DEFAULT '' NOT NULL,
	"security_contact" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"commission_rate" text NOT NULL,
	"commission_max_rate" text NOT NULL,
	"commission_max_change_rate" text NOT NULL,
	"min_self_delegation" numeric(78,0) NOT NULL,
	"self_delegation" numeric(78,0) NOT NULL,
	"run_mode" text NOT NULL,
	"region_code" text NOT NULL,
	"tier_code" text NOT NULL,
	"requested_runtime" text,
	"consensus_pubkey" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"status_message" text DEFAULT '' NOT NULL,
	"current_step" text,
	"progress_percent" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_message" text,
	"chain_tx_hash" text,
	"chain_tx_height" bigint,
	"retry_count" integer DEFAULT 0 NOT NULL,
	"max_retries" integer DEFAULT 3 NOT NULL,
	"source" text NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"released_at" timestamp (3) with time zone,
	"provisioning_started_at" timestamp (3) with time zone,
	"provisioning_completed_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "validator_transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"setup_request_id" text NOT NULL,
	"network_id" text NOT NULL,
	"signer_address" text NOT NULL,
	"type" text NOT NULL,
	"sign_mode" text NOT NULL,
	"body_bytes_base64" text NOT NULL,
	"auth_info_bytes_base64" text NOT NULL,
	"account_number" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"fingerprint" text NOT NULL,
	"status" text NOT NULL,
	"tx_bytes_base64" text,
	"tx_hash" text,
	"codespace" text,
	"code" integer,
	"raw_log" text,
	"height" bigint,
	"included_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "validator_volumes" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"setup_request_id" text NOT NULL,
	"host_kind" text NOT NULL,
	"watermark_height" bigint,
	"watermark_round" integer,
	"watermark_step" integer,
	"removed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "machine_tiers" ADD CONSTRAINT "machine_tiers_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_allocations" ADD CONSTRAINT "region_allocations_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provisioning_events" ADD CONSTRAINT "provisioning_events_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD CONSTRAINT "validator_nodes_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD CONSTRAINT "validator_nodes_volume_id_validator_volumes_id_fk" FOREIGN KEY ("volume_id") REFERENCES "public"."validator_volumes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validator_transactions" ADD CONSTRAINT "validator_transactions_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validator_volumes" ADD CONSTRAINT "validator_volumes_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "machine_tiers_region_code_uq" ON "machine_tiers" USING btree ("region_id","code");--> statement-breakpoint
CREATE UNIQUE INDEX "region_allocations_held_uq" ON "region_allocations" USING btree ("holder_id") WHERE "region_allocations"."released_at" is null;--> statement-breakpoint
CREATE INDEX "region_allocations_region_idx" ON "region_allocations" USING btree ("region_id","released_at");--> statement-breakpoint
CREATE UNIQUE INDEX "regions_code_uq" ON "regions" USING btree ("code");--> statement-breakpoint
CREATE INDEX "provisioning_events_request_idx" ON "provisioning_events" USING btree ("setup_request_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "validator_nodes_active_uq" ON "validator_nodes" USING btree ("setup_request_id") WHERE "validator_nodes"."status" <> 'terminated';--> statement-breakpoint
CREATE INDEX "validator_nodes_status_idx" ON "validator_nodes" USING btree ("status","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "validator_setup_requests_live_operator_uq" ON "validator_setup_requests" USING btree ("network_id","operator_address") WHERE "validator_setup_requests"."status" not in ('cancelled', 'failed');--> statement-breakpoint
CREATE UNIQUE INDEX "validator_setup_requests_live_pubkey_uq" ON "validator_setup_requests" USING btree ("network_id","consensus_pubkey") WHERE "validator_setup_requests"."status" not in ('cancelled', 'failed');--> statement-breakpoint
CREATE INDEX "validator_setup_requests_organization_idx" ON "validator_setup_requests" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "validator_setup_requests_wallet_idx" ON "validator_setup_requests" USING btree ("wallet_address","status");--> statement-breakpoint
CREATE INDEX "validator_setup_requests_status_idx" ON "validator_setup_requests" USING btree ("status","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "validator_transactions_hash_uq" ON "validator_transactions" USING btree ("network_id","tx_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "validator_transactions_in_flight_uq" ON "validator_transactions" USING btree ("setup_request_id") WHERE "validator_transactions"."status" in ('accepted', 'broadcast');--> statement-breakpoint
CREATE INDEX "validator_transactions_request_idx" ON "validator_transactions" USING btree ("setup_request_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "validator_volumes_present_uq" ON "validator_volumes" USING btree ("setup_request_id") WHERE "validator_volumes"."removed_at" is null;
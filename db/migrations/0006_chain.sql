CREATE TABLE "chain_blocks" (
	"network_id" text NOT NULL,
	"height_blocks" bigint NOT NULL,
	"hash" text NOT NULL,
	"block_at" timestamp (3) with time zone NOT NULL,
	"proposer_address_hex" text NOT NULL,
	"set_hash" text NOT NULL,
	"tx_count" integer NOT NULL,
	"signatures" text NOT NULL,
	CONSTRAINT "chain_blocks_network_id_height_blocks_pk" PRIMARY KEY("network_id","height_blocks")
);
--> statement-breakpoint
CREATE TABLE "chain_events" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"network_id" text NOT NULL,
	"height_blocks" bigint NOT NULL,
	"kind" text NOT NULL,
	"operator_address" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chain_states" (
	"network_id" text PRIMARY KEY NOT NULL,
	"first_height_blocks" bigint,
	"contiguous_height_blocks" bigint,
	"tip_height_blocks" bigint,
	"tip_at" timestamp (3) with time zone,
	"via" text,
	"slashing_params" jsonb,
	"staking_params" jsonb,
	"upgrade_plan" jsonb,
	"synced_height_blocks" bigint,
	"synced_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chain_sync_gaps" (
	"network_id" text NOT NULL,
	"from_height_blocks" bigint NOT NULL,
	"to_height_blocks" bigint NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chain_sync_gaps_network_id_from_height_blocks_pk" PRIMARY KEY("network_id","from_height_blocks")
);
--> statement-breakpoint
CREATE TABLE "chain_validator_sets" (
	"network_id" text NOT NULL,
	"set_hash" text NOT NULL,
	"addresses" text[] NOT NULL,
	"voting_powers" bigint[] NOT NULL,
	"first_height_blocks" bigint NOT NULL,
	CONSTRAINT "chain_validator_sets_network_id_set_hash_pk" PRIMARY KEY("network_id","set_hash")
);
--> statement-breakpoint
CREATE TABLE "chain_validators" (
	"network_id" text NOT NULL,
	"operator_address" text NOT NULL,
	"consensus_pubkey_base64" text NOT NULL,
	"consensus_address" text NOT NULL,
	"consensus_address_hex" text NOT NULL,
	"moniker" text NOT NULL,
	"status" text NOT NULL,
	"jailed" boolean NOT NULL,
	"tombstoned" boolean NOT NULL,
	"jailed_until" timestamp (3) with time zone,
	"tokens_base_units" numeric(78,0) NOT NULL,
	"commission_rate" text NOT NULL,
	"missed_blocks" integer,
	"signing_start_height_blocks" bigint,
	"synced_height_blocks" bigint NOT NULL,
	"synced_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "chain_validators_network_id_operator_address_pk" PRIMARY KEY("network_id","operator_address")
);
--> statement-breakpoint
CREATE TABLE "network_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"network_id" text NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"priority" integer NOT NULL,
	"state" text DEFAULT 'unknown' NOT NULL,
	"reason" text,
	"latency_ms" integer,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"quarantined_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "networks" (
	"id" text PRIMARY KEY NOT NULL,
	"chain_id" text NOT NULL,
	"kind" text NOT NULL,
	"display_name" text NOT NULL,
	"status" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"bech32" jsonb NOT NULL,
	"coin_type" integer NOT NULL,
	"base_denom" text NOT NULL,
	"display_denom" text NOT NULL,
	"denom_exponent" integer NOT NULL,
	"gas_price_steps" jsonb NOT NULL,
	"seeds" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"persistent_peers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"grpc_urls" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"genesis_url" text,
	"genesis_sha256" text,
	"current_binary_version" text,
	"explorer_url" text,
	"faucet_url" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chain_blocks" ADD CONSTRAINT "chain_blocks_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_events" ADD CONSTRAINT "chain_events_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_states" ADD CONSTRAINT "chain_states_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_sync_gaps" ADD CONSTRAINT "chain_sync_gaps_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_validator_sets" ADD CONSTRAINT "chain_validator_sets_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD CONSTRAINT "chain_validators_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_endpoints" ADD CONSTRAINT "network_endpoints_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chain_blocks_time_idx" ON "chain_blocks" USING btree ("network_id","block_at");--> statement-breakpoint
CREATE INDEX "chain_events_network_idx" ON "chain_events" USING btree ("network_id","sequence");--> statement-breakpoint
CREATE INDEX "chain_events_operator_idx" ON "chain_events" USING btree ("network_id","operator_address","sequence");--> statement-breakpoint
CREATE INDEX "chain_validators_consensus_idx" ON "chain_validators" USING btree ("network_id","consensus_address_hex");--> statement-breakpoint
CREATE UNIQUE INDEX "network_endpoints_url_uq" ON "network_endpoints" USING btree ("network_id","kind","url");--> statement-breakpoint
CREATE UNIQUE INDEX "networks_chain_id_uq" ON "networks" USING btree ("chain_id");--> statement-breakpoint
CREATE UNIQUE INDEX "networks_default_uq" ON "networks" USING btree ("is_default") WHERE "networks"."is_default";
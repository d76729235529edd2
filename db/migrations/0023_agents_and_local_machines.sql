CREATE TYPE "public"."agent_command_status" AS ENUM('queued', 'done', 'refused', 'expired');--> statement-breakpoint
CREATE TYPE "public"."agent_status" AS ENUM('enrolled', 'online', 'offline', 'revoked');--> statement-breakpoint
CREATE TABLE "agent_commands" (
	"id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"status" "agent_command_status" DEFAULT 'queued' NOT NULL,
	"message" text,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "agent_enrolments" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"kind" text NOT NULL,
	"organization_id" text,
	"name" text NOT NULL,
	"network_id" text,
	"wallet_address" text,
	"consensus_pubkey" text,
	"machine_id" text,
	"subject_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent_pairings" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"network_id" text NOT NULL,
	"wallet_address" text NOT NULL,
	"account_prefix" text NOT NULL,
	"consensus_pubkey" text NOT NULL,
	"machine_id" text,
	"name" text NOT NULL,
	"message" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"organization_id" text,
	"name" text NOT NULL,
	"machine_id" text NOT NULL,
	"public_key" text,
	"token_hash" text,
	"status" "agent_status" DEFAULT 'enrolled' NOT NULL,
	"last_counter" bigint DEFAULT 0 NOT NULL,
	"agent_version" text,
	"network_id" text,
	"wallet_address" text,
	"consensus_pubkey" text,
	"subject_id" text,
	"last_seen_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "local_validator_heartbeats" (
	"agent_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"network_id" text NOT NULL,
	"wallet_address" text NOT NULL,
	"consensus_pubkey" text NOT NULL,
	"setup_request_id" text,
	"machine_id" text NOT NULL,
	"machine_name" text NOT NULL,
	"block_height" bigint NOT NULL,
	"is_catching_up" boolean,
	"peer_count" integer,
	"uptime_seconds" bigint NOT NULL,
	"cpu_percent" integer,
	"memory_percent" integer,
	"disk_percent" integer,
	"local_rpc_port" integer,
	"local_p_2p_port" integer,
	"local_grpc_port" integer,
	"chain_id" text,
	"node_version" text,
	"binary_version" text,
	"agent_version" text,
	"os_type" text,
	"os_version" text,
	"is_on_battery" boolean,
	"may_sleep" boolean,
	"sign_height" bigint,
	"sign_round" integer,
	"sign_step" integer,
	"sign_advanced_at" timestamp (3) with time zone,
	"sign_advancing_since" timestamp (3) with time zone,
	"conflict_at" timestamp (3) with time zone,
	"conflict_with" text,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "local_validator_samples" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"block_height" bigint NOT NULL,
	"is_catching_up" boolean,
	"peer_count" integer,
	"cpu_percent" integer,
	"memory_percent" integer,
	"disk_percent" integer
);
--> statement-breakpoint
ALTER TABLE "agent_commands" ADD CONSTRAINT "agent_commands_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_commands_open_idx" ON "agent_commands" USING btree ("agent_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "agent_enrolments_token_uq" ON "agent_enrolments" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_public_key_uq" ON "agents" USING btree ("public_key");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_token_uq" ON "agents" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "agents_organization_idx" ON "agents" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "agents_silent_idx" ON "agents" USING btree ("last_seen_at") WHERE "agents"."status" = 'online';--> statement-breakpoint
CREATE INDEX "agents_subject_idx" ON "agents" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "local_validator_heartbeats_key_idx" ON "local_validator_heartbeats" USING btree ("network_id","consensus_pubkey");--> statement-breakpoint
CREATE INDEX "local_validator_heartbeats_organization_idx" ON "local_validator_heartbeats" USING btree ("organization_id","last_seen_at","agent_id");--> statement-breakpoint
CREATE INDEX "local_validator_heartbeats_setup_idx" ON "local_validator_heartbeats" USING btree ("setup_request_id");--> statement-breakpoint
CREATE INDEX "local_validator_samples_agent_idx" ON "local_validator_samples" USING btree ("agent_id","at");--> statement-breakpoint
CREATE INDEX "local_validator_samples_at_idx" ON "local_validator_samples" USING btree ("at");
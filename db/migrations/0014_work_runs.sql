CREATE TABLE "work_runs" (
	"work_id" text NOT NULL,
	"subject" text NOT NULL,
	"generation" integer NOT NULL,
	"run_id" text,
	"step" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"heard_at" timestamp (3) with time zone,
	"resent_at" timestamp (3) with time zone,
	CONSTRAINT "work_runs_work_id_subject_pk" PRIMARY KEY("work_id","subject")
);
--> statement-breakpoint
ALTER TABLE "validator_nodes" DROP COLUMN "operation_run_id";--> statement-breakpoint
ALTER TABLE "validator_nodes" DROP COLUMN "operation_heard_at";--> statement-breakpoint
ALTER TABLE "validator_setup_requests" DROP COLUMN "resent_at";
ALTER TABLE "organizations" ADD COLUMN "slug" text;--> statement-breakpoint
-- The end of an id is random, so it names an organisation that was made before there were slugs.
UPDATE "organizations" SET "slug" = "kind" || '-' || right("id", 12);--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "slug" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "tour_left_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug_uq" ON "organizations" USING btree ("slug");

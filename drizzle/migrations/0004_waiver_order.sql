DROP INDEX "waiver_ending";--> statement-breakpoint
CREATE INDEX "waiver_newest" ON "waiver" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "waiver_ending" ON "waiver" USING btree ("ends_on","id") WHERE "waiver"."state" = 'approved';
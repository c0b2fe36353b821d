ALTER TABLE "agent" ADD COLUMN "skills" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "agent_by_skill" ON "agent" USING gin ("skills");
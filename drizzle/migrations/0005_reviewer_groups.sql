CREATE TABLE "group_member" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviewer_group" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "reviewer_group_slug_unique" UNIQUE("slug"),
	CONSTRAINT "reviewer_group_slug" CHECK ("reviewer_group"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and "reviewer_group"."slug" <> 'approvers')
);
--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "seats" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_reviewer_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."reviewer_group"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "group_member_live" ON "group_member" USING btree ("group_id","person_id") WHERE "group_member"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "group_member_person" ON "group_member" USING btree ("person_id");
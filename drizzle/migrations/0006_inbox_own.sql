CREATE TABLE "absence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"delegate_id" uuid NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "absence_window" CHECK ("absence"."from_at" < "absence"."until_at"),
	CONSTRAINT "absence_people" CHECK ("absence"."person_id" <> "absence"."delegate_id")
);
--> statement-breakpoint
CREATE TABLE "approval_claim" (
	"approval_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_handover" (
	"id" uuid PRIMARY KEY NOT NULL,
	"approval_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"note" text NOT NULL,
	"hop" integer NOT NULL,
	"handed_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "approval_handover_people" CHECK ("approval_handover"."from_id" <> "approval_handover"."to_id"),
	CONSTRAINT "approval_handover_hop" CHECK ("approval_handover"."hop" between 1 and 3)
);
--> statement-breakpoint
CREATE TABLE "approval_reading" (
	"approval_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"rendered_digest" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "approval_reading_approval_id_person_id_pk" PRIMARY KEY("approval_id","person_id"),
	CONSTRAINT "approval_reading_digest" CHECK ("approval_reading"."rendered_digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "approval_snooze" (
	"approval_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "approval_snooze_approval_id_person_id_pk" PRIMARY KEY("approval_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_delegate_id_person_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_claim" ADD CONSTRAINT "approval_claim_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_claim" ADD CONSTRAINT "approval_claim_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_handover" ADD CONSTRAINT "approval_handover_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_handover" ADD CONSTRAINT "approval_handover_from_id_person_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_handover" ADD CONSTRAINT "approval_handover_to_id_person_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_reading" ADD CONSTRAINT "approval_reading_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_reading" ADD CONSTRAINT "approval_reading_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_snooze" ADD CONSTRAINT "approval_snooze_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_snooze" ADD CONSTRAINT "approval_snooze_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absence_person" ON "absence" USING btree ("person_id","from_at");--> statement-breakpoint
CREATE INDEX "absence_live" ON "absence" USING btree ("until_at") WHERE "absence"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "approval_handover_item" ON "approval_handover" USING btree ("approval_id","hop");--> statement-breakpoint
CREATE INDEX "approval_reading_person" ON "approval_reading" USING btree ("person_id","read_at");
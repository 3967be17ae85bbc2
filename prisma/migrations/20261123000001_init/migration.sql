-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen" (
    "account_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "account_id" INTEGER NOT NULL,
    "address_index" BYTEA NOT NULL,
    "alias_index" BYTEA,
    "address" TEXT NOT NULL,
    "data_key" BYTEA,
    "person_id" BIGINT,
    "lang" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "flow" TEXT,
    "flows" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "linked_at" TIMESTAMPTZ(3),
    "last_inbound_at" TIMESTAMPTZ(3),
    "nudges_left" SMALLINT NOT NULL DEFAULT 0,
    "blocked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "turn" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "event" TEXT,
    "flow" TEXT,
    "version" INTEGER,
    "step_before" TEXT,
    "step_after" TEXT,
    "revision" INTEGER,
    "trips" INTEGER NOT NULL,
    "parked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "turn_id" BIGINT,
    "person_id" BIGINT,
    "lane" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "lang" TEXT NOT NULL,
    "message" TEXT,
    "plain" JSONB,
    "opens" JSONB,
    "answered_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "broadcast_id" BIGINT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "provider_id" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "blocks_until" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3),
    "form" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "replaces" BIGINT,
    "handled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transition" (
    "id" BIGSERIAL NOT NULL,
    "ledger_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "transition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timer" (
    "id" BIGSERIAL NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" BIGINT NOT NULL,
    "line" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fired_at" TIMESTAMPTZ(3),

    CONSTRAINT "timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "turn_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "digest" TEXT,
    "channel" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "data_key" BYTEA,
    "name" TEXT,
    "name_index" BYTEA,
    "phone" TEXT,
    "phone_index" BYTEA,
    "email" TEXT,
    "email_index" BYTEA,
    "lang" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "opted_out_at" TIMESTAMPTZ(3),
    "preferred_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "lang" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "conversation_id" BIGINT,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "city" TEXT,
    "profession" TEXT NOT NULL,
    "profession_text" TEXT,
    "specialty" TEXT,
    "years" INTEGER NOT NULL,
    "licensed" TEXT NOT NULL,
    "levels" JSONB NOT NULL,
    "nationality_group" TEXT NOT NULL,
    "taken_part" TEXT,
    "source" TEXT,
    "flags" JSONB NOT NULL DEFAULT '[]',
    "submitted_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "min_days" INTEGER,
    "max_days" INTEGER,
    "flexible_days" INTEGER NOT NULL DEFAULT 0,
    "mode" TEXT NOT NULL,
    "hours_per_week" INTEGER,
    "certainty" TEXT NOT NULL,
    "notice_weeks" INTEGER,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hospital" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "province" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',

    CONSTRAINT "hospital_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_contact" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "hospital_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE,

    CONSTRAINT "host_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code_index" BYTEA NOT NULL,
    "hospital_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_by" BIGINT,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "country" TEXT,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "need" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "hospital_id" BIGINT NOT NULL,
    "mission_id" BIGINT,
    "department" TEXT NOT NULL,
    "profession" TEXT NOT NULL,
    "posts" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "objectives" TEXT,
    "languages" JSONB NOT NULL,
    "earliest" DATE NOT NULL,
    "latest" DATE NOT NULL,
    "min_days" INTEGER NOT NULL,
    "max_days" INTEGER NOT NULL,
    "lodging" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "created_by" BIGINT,

    CONSTRAINT "need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mission" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "title" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "countries" JSONB NOT NULL,
    "approvals" JSONB NOT NULL DEFAULT '[]',
    "created_by" BIGINT,

    CONSTRAINT "mission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "person_id" BIGINT NOT NULL,
    "mission_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "needs" JSONB NOT NULL DEFAULT '[]',
    "from_day" DATE,
    "to_day" DATE,
    "leave" TEXT,
    "motivation" TEXT,
    "share" BOOLEAN,
    "reason" TEXT,
    "remind_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "application_id" BIGINT NOT NULL,
    "window_id" BIGINT,
    "need_id" BIGINT NOT NULL,
    "hospital_id" BIGINT NOT NULL,
    "mission_id" BIGINT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "scope" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "focal_yes_at" TIMESTAMPTZ(3),
    "offered_at" TIMESTAMPTZ(3) NOT NULL,
    "offer_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "coordinator_id" BIGINT NOT NULL,
    "gates" JSONB NOT NULL,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "readiness" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "assignment_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "items" JSONB NOT NULL DEFAULT '{}',
    "notes" TEXT,

    CONSTRAINT "readiness_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "travel" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "assignment_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "plan" TEXT,
    "departs_at" TIMESTAMPTZ(3),
    "arrives_at" TIMESTAMPTZ(3),
    "day_before" TEXT,
    "arrival" TEXT,

    CONSTRAINT "travel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_code" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "purpose" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "assignment_id" BIGINT NOT NULL,
    "code_index" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "conversation_id" BIGINT,
    "person_id" BIGINT,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "flow" TEXT,
    "step" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "broadcast" (
    "id" BIGSERIAL NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT NOT NULL,
    "mission_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_by" BIGINT NOT NULL,
    "approved_by" BIGINT,
    "preview" JSONB,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcast_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content" (
    "account_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT,
    "lang" TEXT,
    "approved" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'approved',
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "content_pkey" PRIMARY KEY ("account_id","hash")
);

-- CreateTable
CREATE TABLE "budget" (
    "account_id" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "pace" (
    "conversation_id" BIGINT NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "pace_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateTable
CREATE TABLE "clock" (
    "id" INTEGER NOT NULL,
    "offset_ms" BIGINT NOT NULL,

    CONSTRAINT "clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "forgotten" (
    "what" TEXT NOT NULL,
    "below" BIGINT NOT NULL,

    CONSTRAINT "forgotten_pkey" PRIMARY KEY ("what")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_channel_provider_id_key" ON "account"("channel", "provider_id");

-- CreateIndex
CREATE INDEX "conversation_person_id_idx" ON "conversation"("person_id");

-- CreateIndex
CREATE INDEX "conversation_account_id_alias_index_idx" ON "conversation"("account_id", "alias_index");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_account_id_address_index_key" ON "conversation"("account_id", "address_index");

-- CreateIndex
CREATE INDEX "turn_conversation_id_id_idx" ON "turn"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "ledger_conversation_id_id_idx" ON "ledger"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "ledger_broadcast_id_state_idx" ON "ledger"("broadcast_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_replaces_key" ON "ledger"("replaces");

-- CreateIndex
CREATE INDEX "ledger_provider_id_idx" ON "ledger"("provider_id");

-- CreateIndex
CREATE INDEX "transition_ledger_id_idx" ON "transition"("ledger_id");

-- CreateIndex
CREATE UNIQUE INDEX "timer_subject_kind_subject_id_line_key" ON "timer"("subject_kind", "subject_id", "line");

-- CreateIndex
CREATE INDEX "person_phone_index_idx" ON "person"("phone_index");

-- CreateIndex
CREATE INDEX "person_email_index_idx" ON "person"("email_index");

-- CreateIndex
CREATE INDEX "person_name_index_idx" ON "person"("name_index");

-- CreateIndex
CREATE INDEX "consent_person_id_purpose_idx" ON "consent"("person_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "member_person_id_key" ON "member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_code_key" ON "member"("code");

-- CreateIndex
CREATE INDEX "member_status_profession_country_idx" ON "member"("status", "profession", "country");

-- CreateIndex
CREATE INDEX "availability_person_id_idx" ON "availability"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "hospital_code_key" ON "hospital"("code");

-- CreateIndex
CREATE INDEX "host_contact_hospital_id_role_idx" ON "host_contact"("hospital_id", "role");

-- CreateIndex
CREATE INDEX "host_contact_person_id_idx" ON "host_contact"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_index_key" ON "invitation"("code_index");

-- CreateIndex
CREATE UNIQUE INDEX "staff_person_id_key" ON "staff"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "need_code_key" ON "need"("code");

-- CreateIndex
CREATE INDEX "need_mission_id_idx" ON "need"("mission_id");

-- CreateIndex
CREATE UNIQUE INDEX "mission_code_key" ON "mission"("code");

-- CreateIndex
CREATE INDEX "mission_status_idx" ON "mission"("status");

-- CreateIndex
CREATE INDEX "application_mission_id_status_idx" ON "application"("mission_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "application_person_id_mission_id_key" ON "application"("person_id", "mission_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_code_key" ON "assignment"("code");

-- CreateIndex
CREATE INDEX "assignment_person_id_idx" ON "assignment"("person_id");

-- CreateIndex
CREATE INDEX "assignment_hospital_id_idx" ON "assignment"("hospital_id");

-- CreateIndex
CREATE INDEX "assignment_mission_id_idx" ON "assignment"("mission_id");

-- CreateIndex
CREATE UNIQUE INDEX "readiness_assignment_id_key" ON "readiness"("assignment_id");

-- CreateIndex
CREATE UNIQUE INDEX "travel_assignment_id_key" ON "travel"("assignment_id");

-- CreateIndex
CREATE INDEX "one_time_code_person_id_idx" ON "one_time_code"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_code_key" ON "ticket"("code");

-- CreateIndex
CREATE INDEX "ticket_conversation_id_status_idx" ON "ticket"("conversation_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "broadcast_code_key" ON "broadcast"("code");

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "turn" ADD CONSTRAINT "turn_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_contact" ADD CONSTRAINT "host_contact_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_contact" ADD CONSTRAINT "host_contact_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_mission_id_fkey" FOREIGN KEY ("mission_id") REFERENCES "mission"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application" ADD CONSTRAINT "application_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

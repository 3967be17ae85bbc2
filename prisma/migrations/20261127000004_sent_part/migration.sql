-- Which parts of a long message a provider has: whoever tries again, in whatever process, goes on behind them.
CREATE TABLE "sent_part" (
    "ledger_id" BIGINT NOT NULL,
    "part" INTEGER NOT NULL,
    "provider_id" TEXT NOT NULL,

    CONSTRAINT "sent_part_pkey" PRIMARY KEY ("ledger_id","part")
);

CREATE INDEX "sent_part_provider_id_idx" ON "sent_part"("provider_id");

ALTER TABLE "sent_part" ADD CONSTRAINT "sent_part_ledger_id_fkey" FOREIGN KEY ("ledger_id") REFERENCES "ledger"("id") ON DELETE CASCADE ON UPDATE CASCADE;

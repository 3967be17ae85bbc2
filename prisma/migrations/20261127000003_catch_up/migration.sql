-- Up to when all that a provider took from people is known to be kept, so that an outage of any length is caught up with.
CREATE TABLE "catch_up" (
    "account_id" INTEGER NOT NULL,
    "through" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catch_up_pkey" PRIMARY KEY ("account_id")
);

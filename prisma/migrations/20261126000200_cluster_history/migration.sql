-- What a history is drawn from: a sample of each heartbeat, the numbers of each collection beside its payload, and what
-- happened between kube9 and a cluster.

ALTER TABLE "clusters" ADD COLUMN "went_offline_at" TIMESTAMPTZ(3), ADD COLUMN "salt_id" TEXT;

-- CreateTable
CREATE TABLE "cluster_events" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "cluster_row_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "condition_type" TEXT,
    "condition_status" TEXT,
    "condition_reason" TEXT,

    CONSTRAINT "cluster_events_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE INDEX "cluster_events_team_id_cluster_row_id_at_idx" ON "cluster_events"("team_id", "cluster_row_id", "at");

-- CreateIndex
CREATE INDEX "cluster_events_at_idx" ON "cluster_events"("at");

-- CreateIndex
CREATE INDEX "collection_receipts_received_at_idx" ON "collection_receipts"("received_at");

-- AddForeignKey
ALTER TABLE "cluster_events" ADD CONSTRAINT "cluster_events_team_id_cluster_row_id_fkey" FOREIGN KEY ("team_id", "cluster_row_id") REFERENCES "clusters"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The primary key covers what a history reads, so that a week of one cluster is read from the index alone.
CREATE TABLE "ts"."heartbeats" (
    "team_id" UUID NOT NULL,
    "cluster_row_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGINT NOT NULL,
    "health" TEXT NOT NULL,
    PRIMARY KEY ("team_id", "cluster_row_id", "received_at", "sequence") INCLUDE ("health")
) PARTITION BY RANGE ("received_at");

-- The numbers of a payload in the form of our operator; null for any other. A history reads these and unpacks no payload.
ALTER TABLE "ts"."collections" ADD COLUMN "numbers" JSONB;

-- Makes the daily partitions from yesterday to `days_ahead` days from now. Idempotent; safe from several processes.
CREATE OR REPLACE FUNCTION "ts"."ensure_partitions"(days_ahead INTEGER) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  parent TEXT;
  day DATE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('kube9.ts.partitions'));
  FOR parent, day IN
    SELECT name, generate_series((now() AT TIME ZONE 'UTC')::date - 1, (now() AT TIME ZONE 'UTC')::date + days_ahead, interval '1 day')::date
    FROM unnest(ARRAY['collections', 'heartbeats']) AS name
  LOOP
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS ts.%I PARTITION OF ts.%I FOR VALUES FROM (%L) TO (%L)',
      parent || '_' || to_char(day, 'YYYYMMDD'),
      parent,
      to_char(day, 'YYYY-MM-DD') || 'T00:00:00Z',
      to_char(day + 1, 'YYYY-MM-DD') || 'T00:00:00Z'
    );
  END LOOP;
END
$$;

-- Drops the daily partitions of samples that are older than `keep_days`, and gives back how many. The role that runs may drop
-- nothing else, and through this nothing that a history still shows. It waits for what is in use for 2 s, then gives up.
CREATE FUNCTION "ts"."drop_partitions"(keep_days INTEGER) RETURNS INTEGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '2s' AS $$
DECLARE
  partition REGCLASS;
  dropped INTEGER := 0;
BEGIN
  IF keep_days < 8 THEN
    RAISE EXCEPTION 'samples are kept for at least 8 days';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('kube9.ts.partitions'));
  FOR partition IN
    SELECT c.oid::regclass FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('ts.collections'::regclass, 'ts.heartbeats'::regclass)
      AND c.relname ~ '_[0-9]{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - keep_days
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;

SELECT "ts"."ensure_partitions"(14);

GRANT SELECT, INSERT, DELETE ON "cluster_events" TO kube9_app;
REVOKE UPDATE ON "cluster_events" FROM kube9_app;
GRANT SELECT, INSERT ON "ts"."heartbeats" TO kube9_app;
REVOKE ALL ON FUNCTION "ts"."drop_partitions"(INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "ts"."drop_partitions"(INTEGER) TO kube9_app;

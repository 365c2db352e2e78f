-- What Prisma's schema cannot say: live rows are unique, samples are partitioned, and the role that runs may do less than
-- the role that migrates.

CREATE UNIQUE INDEX "clusters_live_cluster_id" ON "clusters" ("team_id", "cluster_id") WHERE "deleted_at" IS NULL;

CREATE SCHEMA "ts";

CREATE TABLE "ts"."collections" (
    "team_id" UUID NOT NULL,
    "cluster_row_id" UUID NOT NULL,
    "collection_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    PRIMARY KEY ("team_id", "cluster_row_id", "received_at", "collection_id")
) PARTITION BY RANGE ("received_at");

-- Makes the daily partitions from yesterday to `days_ahead` days from now. Idempotent; safe from several processes.
CREATE FUNCTION "ts"."ensure_partitions"(days_ahead INTEGER) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  day DATE;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('kube9.ts.partitions'));
  FOR day IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date - 1, (now() AT TIME ZONE 'UTC')::date + days_ahead, interval '1 day')::date LOOP
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS ts.%I PARTITION OF ts.collections FOR VALUES FROM (%L) TO (%L)',
      'collections_' || to_char(day, 'YYYYMMDD'),
      to_char(day, 'YYYY-MM-DD') || 'T00:00:00Z',
      to_char(day + 1, 'YYYY-MM-DD') || 'T00:00:00Z'
    );
  END LOOP;
END
$$;

SELECT "ts"."ensure_partitions"(14);

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kube9_app') THEN
    CREATE ROLE kube9_app NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role kube9_app does not exist and this role may not create it. Run: CREATE ROLE kube9_app LOGIN PASSWORD ''…'';';
END
$$;

GRANT USAGE ON SCHEMA "public", "ts" TO kube9_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO kube9_app;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA "ts" TO kube9_app;
REVOKE ALL ON FUNCTION "ts"."ensure_partitions"(INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "ts"."ensure_partitions"(INTEGER) TO kube9_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kube9_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA "ts" GRANT SELECT, INSERT ON TABLES TO kube9_app;

REVOKE UPDATE, DELETE ON "audit_log" FROM kube9_app;
REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "ts" FROM kube9_app;
GRANT SELECT, INSERT ON "ts"."collections" TO kube9_app;

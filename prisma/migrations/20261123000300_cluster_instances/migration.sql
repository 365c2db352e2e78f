-- Which starts of an operator a cluster has seen, so that two that interleave can be told from a restart.
ALTER TABLE "clusters" ADD COLUMN "instances" JSONB NOT NULL DEFAULT '{"seen":[],"excluded":[]}';

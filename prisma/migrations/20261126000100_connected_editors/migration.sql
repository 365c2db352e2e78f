-- Editors that sign in through the portal, and leave for pages inside them. Every secret is kept as its SHA-256.
-- CreateTable
CREATE TABLE "connected_editors" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "connected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connected_editors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "editor_codes" (
    "id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "session_id" UUID,
    "editor_id" UUID,
    "editor_name" TEXT NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "editor_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "editor_refresh_tokens" (
    "id" UUID NOT NULL,
    "editor_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),
    "sealed_successor" BYTEA,

    CONSTRAINT "editor_refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "editor_access_tokens" (
    "id" UUID NOT NULL,
    "editor_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "editor_access_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webview_grants" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "cluster_row_id" UUID NOT NULL,
    "editor_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "challenge" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),
    "token_hash" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webview_grants_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE INDEX "connected_editors_user_id_idx" ON "connected_editors"("user_id");

-- CreateIndex
CREATE INDEX "connected_editors_last_seen_at_idx" ON "connected_editors"("last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "editor_codes_code_hash_key" ON "editor_codes"("code_hash");

-- CreateIndex
CREATE INDEX "editor_codes_user_id_idx" ON "editor_codes"("user_id");

-- CreateIndex
CREATE INDEX "editor_codes_session_id_idx" ON "editor_codes"("session_id");

-- CreateIndex
CREATE INDEX "editor_codes_editor_id_idx" ON "editor_codes"("editor_id");

-- CreateIndex
CREATE INDEX "editor_codes_expires_at_idx" ON "editor_codes"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "editor_refresh_tokens_token_hash_key" ON "editor_refresh_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "editor_refresh_tokens_editor_id_idx" ON "editor_refresh_tokens"("editor_id");

-- CreateIndex
CREATE INDEX "editor_refresh_tokens_used_at_idx" ON "editor_refresh_tokens"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "editor_access_tokens_token_hash_key" ON "editor_access_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "editor_access_tokens_editor_id_idx" ON "editor_access_tokens"("editor_id");

-- CreateIndex
CREATE INDEX "editor_access_tokens_expires_at_idx" ON "editor_access_tokens"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "webview_grants_code_hash_key" ON "webview_grants"("code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "webview_grants_token_hash_key" ON "webview_grants"("token_hash");

-- CreateIndex
CREATE INDEX "webview_grants_team_id_cluster_row_id_idx" ON "webview_grants"("team_id", "cluster_row_id");

-- CreateIndex
CREATE INDEX "webview_grants_editor_id_idx" ON "webview_grants"("editor_id");

-- CreateIndex
CREATE INDEX "webview_grants_expires_at_idx" ON "webview_grants"("expires_at");

-- AddForeignKey
ALTER TABLE "connected_editors" ADD CONSTRAINT "connected_editors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editor_codes" ADD CONSTRAINT "editor_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editor_codes" ADD CONSTRAINT "editor_codes_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editor_codes" ADD CONSTRAINT "editor_codes_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "connected_editors"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editor_refresh_tokens" ADD CONSTRAINT "editor_refresh_tokens_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "connected_editors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editor_access_tokens" ADD CONSTRAINT "editor_access_tokens_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "connected_editors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webview_grants" ADD CONSTRAINT "webview_grants_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webview_grants" ADD CONSTRAINT "webview_grants_team_id_cluster_row_id_fkey" FOREIGN KEY ("team_id", "cluster_row_id") REFERENCES "clusters"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webview_grants" ADD CONSTRAINT "webview_grants_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "connected_editors"("id") ON DELETE CASCADE ON UPDATE CASCADE;


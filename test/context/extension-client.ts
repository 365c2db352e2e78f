import { createTRPCClient, httpLink } from '@trpc/client'
import { webviewTokenResponseSchema } from '#contract/extension-api.ts'
import type { ExtensionRouter } from '#contract/router-types.ts'
import { askApi } from './start-api.ts'
import type { TestApi } from './start-api.ts'
import { createProof } from './test-editor.ts'

/** The extension's router as an editor calls it: queries by GET. */
export function extensionClient(api: Pick<TestApi, 'url'>, accessToken?: string, methodOverride?: 'POST') {
  const headers = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }
  const link = httpLink({ url: `${api.url}/trpc/extension`, headers, ...(methodOverride ? { methodOverride } : {}) })
  return createTRPCClient<ExtensionRouter>({ links: [link] })
}

/** The token of a page inside an editor, by the way that a page goes. */
export async function openPage(
  api: Pick<TestApi, 'url'>,
  editorToken: string,
  cluster: { teamId: string; clusterId: string },
): Promise<string> {
  const { verifier, challenge } = createProof()
  const { code } = await extensionClient(api, editorToken).webviews.issueCode.mutate({ ...cluster, challenge })
  const answer = await askApi(api, '/v1/extension/webview-token', { body: JSON.stringify({ code, verifier }) })
  return webviewTokenResponseSchema.parse(JSON.parse(answer.text)).accessToken
}

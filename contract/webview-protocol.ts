import { z } from 'zod'
import { codeChallengeSchema } from './extension-api.ts'
import { clusterIdSchema } from './cluster-identity.ts'
import { pseudonymSchema, saltIdSchema } from './pseudonyms.ts'

/**
 * What the Pro page and the extension host tell each other through the frame between them. Each message is `{v: 1, type, …}`.
 * The page hears only its parent, whose origin it pins at the first message; the frame hears only the server's page.
 */
export const WEBVIEW_PROTOCOL_VERSION = 1

const v = z.literal(WEBVIEW_PROTOCOL_VERSION)

/** Page → host. A page says hello with a new challenge each time that it needs a token: at its start and before one ends. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  z.object({ v, type: z.literal('hello'), challenge: codeChallengeSchema }),
  /** The page shows pseudonyms under this salt and asks for their names. */
  z.object({ v, type: z.literal('names-wanted'), saltId: saltIdSchema }),
  /** A key that the page has no use for, so that the editor's shortcuts work inside it. */
  z.object({
    v,
    type: z.literal('key'),
    key: z.string().max(32),
    code: z.string().max(32),
    keyCode: z.int().min(0).max(255),
    ctrlKey: z.boolean(),
    shiftKey: z.boolean(),
    altKey: z.boolean(),
    metaKey: z.boolean(),
    repeat: z.boolean(),
  }),
  /** A link out of the page. The host opens those of the server and the portal, and asks before any other. */
  z.object({ v, type: z.literal('open-link'), url: z.url({ protocol: /^https?$/ }).max(2048) }),
  z.object({ v, type: z.literal('sign-in') }),
])
export type PageMessage = z.infer<typeof pageMessageSchema>

export const themeKinds = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const
export type ThemeKind = (typeof themeKinds)[number]

/** The editor's colours and fonts that the page uses, by the names of their CSS variables without the leading `--vscode-`. */
export const themeVariableNames = [
  'font-family',
  'font-size',
  'editor-font-family',
  'editor-font-size',
  'foreground',
  'descriptionForeground',
  'disabledForeground',
  'errorForeground',
  'icon-foreground',
  'focusBorder',
  'contrastBorder',
  'contrastActiveBorder',
  'editor-background',
  'editor-foreground',
  'editorWidget-background',
  'editorWidget-border',
  'panel-border',
  'widget-shadow',
  'textLink-foreground',
  'textLink-activeForeground',
  'textCodeBlock-background',
  'badge-background',
  'badge-foreground',
  'button-background',
  'button-foreground',
  'button-hoverBackground',
  'button-secondaryBackground',
  'button-secondaryForeground',
  'button-border',
  'input-background',
  'input-foreground',
  'input-border',
  'input-placeholderForeground',
  'dropdown-background',
  'dropdown-foreground',
  'dropdown-border',
  'list-hoverBackground',
  'list-activeSelectionBackground',
  'list-activeSelectionForeground',
  'charts-foreground',
  'charts-lines',
  'charts-blue',
  'charts-green',
  'charts-orange',
  'charts-purple',
  'charts-red',
  'charts-yellow',
  'testing-iconPassed',
  'editorWarning-foreground',
  'editorError-foreground',
  'editorInfo-foreground',
  'scrollbarSlider-background',
  'scrollbarSlider-hoverBackground',
  'scrollbarSlider-activeBackground',
] as const
export type ThemeVariableName = (typeof themeVariableNames)[number]

const realName = z.object({ namespace: z.string().nullable(), name: z.string() })

/**
 * Why real names are not to be had. `rbac` holds the rule that mends it: of a Role for the salt, or a line each of a
 * ClusterRole for the kinds that could not be listed.
 */
const namesRefusal = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('forbidden'), rbac: z.string().max(2000) }),
  z.object({ reason: z.literal('unreachable') }),
  /** The cluster's salt is another one now: what was collected under the old one stays pseudonymous. */
  z.object({ reason: z.literal('other-salt') }),
])

/** Host → page. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({
    v,
    type: z.literal('code'),
    code: z.string(),
    /** The challenge that it answers; a page drops a code for another. */
    challenge: codeChallengeSchema,
    teamId: z.uuid(),
    clusterId: clusterIdSchema,
  }),
  z.object({
    v,
    type: z.literal('theme'),
    kind: z.enum(themeKinds),
    variables: z.partialRecord(z.enum(themeVariableNames), z.string().max(512)),
  }),
  /** Names by pseudonym. They come in parts; `done` is true with the last one. */
  z.object({
    v,
    type: z.literal('names'),
    saltId: saltIdSchema,
    names: z.record(pseudonymSchema, realName),
    done: z.boolean(),
  }),
  z.object({ v, type: z.literal('names-refused'), saltId: saltIdSchema, refusal: namesRefusal }),
  /** A retained frame never learns by itself that its tab is hidden: it stops its streams then. */
  z.object({ v, type: z.literal('visibility'), visible: z.boolean() }),
  /** The host could not get a code. `action` names the button that may mend it. */
  z.object({
    v,
    type: z.literal('failed'),
    message: z.string().max(500),
    action: z.enum(['sign-in', 'retry', 'none']),
  }),
])
export type HostMessage = z.infer<typeof hostMessageSchema>
export type NamesRefusal = z.infer<typeof namesRefusal>

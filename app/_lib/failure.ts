/** Why something that was asked of the server did not happen, in words for the person who asked. */
export type Failure = { message: string; code?: string; field?: string; requestId?: string }

/** For answers that are none of ours: the network, a proxy, or a server that is being restarted. */
export const unreachable: Failure = {
  message: 'The server cannot be reached. Check your connection and try again; nothing was changed.',
  code: 'UNREACHABLE',
}

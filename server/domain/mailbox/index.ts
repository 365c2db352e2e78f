export { listMailbox } from './list.ts'
export { readMailboxMail } from './read.ts'

export { getBilling } from './get.ts'

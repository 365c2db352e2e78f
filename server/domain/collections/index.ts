export { storeCollection } from './store.ts'
export type { StoreCollectionInput } from './store.ts'

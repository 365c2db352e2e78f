export { readOnboardingProgress } from './progress.ts'

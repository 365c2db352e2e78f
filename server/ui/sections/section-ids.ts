export type SectionId = 'health' | 'nodes' | 'workloads' | 'configuration' | 'conditions' | 'events'

import { z } from 'zod'

// zod compiles its schemas by `new Function` where it may, and finds out by trying: under our policy that is a violation.
z.config({ jitless: true })

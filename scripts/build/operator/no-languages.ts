/** Stands in the operator's bundle for zod's error messages in fifty languages. */
export {}

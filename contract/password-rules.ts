/**
 * A password is the only factor, so it is longer than the eight characters that suffice beside a second one. There are no rules
 * of composition. This file holds no zod, so that pages may import it.
 */
export const PASSWORD_MIN_LENGTH = 12
export const PASSWORD_MAX_LENGTH = 128

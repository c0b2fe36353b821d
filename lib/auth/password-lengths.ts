/** ASVS 5.0 section 6.2: length counts, composition does not. Characters, not bytes. */
export const MIN_PASSWORD = 8
export const MAX_PASSWORD = 200

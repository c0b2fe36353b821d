/** Every bound of the product in one place. Units are in the name or the comment. */

export const KB = 1024
export const MB = 1024 * KB

/** One agent definition, in bytes. */
export const MAX_DEFINITION_BYTES = 1 * MB
/** YAML frontmatter before it is parsed (pre-scan): bytes, nesting, keys. */
export const MAX_FRONTMATTER_BYTES = 64 * KB
export const MAX_FRONTMATTER_DEPTH = 32
export const MAX_FRONTMATTER_KEYS = 500
/** The data of a constitution: bytes and keys of its frontmatter. */
export const MAX_RULEBOOK_BYTES = 256 * KB
export const MAX_RULEBOOK_KEYS = 8_000
/** Files in one import, and bytes of an uploaded archive once unpacked. */
export const MAX_IMPORT_FILES = 5_000
export const MAX_ARCHIVE_BYTES = 50 * MB

/** Rows of one page of any list. */
export const PAGE_SIZE = 50
export const MAX_PAGE_SIZE = 200
/** A leaf of the audit log, in bytes. */
export const MAX_LEAF_BYTES = 16 * KB
/** Events that one integration takes at most. */
export const SEQUENCER_BATCH = 5_000
/** Free text that a person types into a reason, a message or a task: characters. */
export const MAX_MESSAGE = 4_000
export const MAX_NAME = 120

/** Passwords, in characters (ASVS 5.0 section 6.2): length counts, composition does not. */
export const MIN_PASSWORD = 8
export const MAX_PASSWORD = 200

/** Sessions. */
export const SESSION_IDLE_MS = 8 * 60 * 60 * 1000
export const SESSION_ABSOLUTE_MS = 24 * 60 * 60 * 1000
export const INVITATION_MS = 7 * 24 * 60 * 60 * 1000

/** Run caps: the run fails with the cap's name when one is reached. */
export const MAX_RUN_STEPS = 40
export const MAX_RUN_MINUTES = 60
export const MAX_CALLS_PER_STEP = 8
export const MAX_TOOL_OUTPUT = 30_000
/** Workspace snapshot: files and bytes. */
export const MAX_WORKSPACE_FILES = 20_000
export const MAX_WORKSPACE_BYTES = 200 * MB
/** One file of a workspace; larger ones are left out of the snapshot, and said so. */
export const MAX_WORKSPACE_FILE_BYTES = 10 * MB
/** What a run may change before its change-set is refused: files, and bytes of new content. */
export const MAX_OVERLAY_FILES = 2_000
export const MAX_OVERLAY_BYTES = 16 * MB
/** Memory of the child process that interprets a tool call, in megabytes. */
export const TOOL_HEAP_MB = 256
/** A shell call is killed after this. */
export const SHELL_DEADLINE_MS = 10_000
/** A worker that has not renewed a run's lease for this long has lost it. */
export const RUN_LEASE_MS = 15_000
/** How long a held tool call waits for people before its expiry outcome. */
export const HELD_CALL_MS = 24 * 60 * 60 * 1000

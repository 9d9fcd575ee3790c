/** Words of protection by password (ISO 32000-2, table 22), without what it takes to encrypt. In: nothing. Out: names and types. */

/** What whoever opens the file with the user password may do (table 22). Reading aloud is always allowed. */
export const permissionNames = ['print', 'print-low', 'copy', 'modify', 'annotate', 'fill-forms', 'assemble'] as const
export type Permission = (typeof permissionNames)[number]

export interface Protection {
  /** Opens the file; empty or missing, anyone can. */
  readonly userPassword?: string
  /** Lifts all limits. */
  readonly ownerPassword?: string
  /** Nothing else is allowed. */
  readonly permissions: readonly Permission[]
}

export type SetupProgress = {
  profile: boolean | null
  billing_day: boolean | null
  plans: number
  barangays: number
  members: number
  invitations: number
  subscribers: number
}

/** The steps of a new ISP in a good order. Each says whether it is done. */
export function setupSteps(progress: SetupProgress) {
  return [
    { key: 'profile', to: '/office/settings', isDone: Boolean(progress.profile) },
    { key: 'billing_day', to: '/office/settings/billing', isDone: Boolean(progress.billing_day) },
    { key: 'plans', to: '/office/settings/plans/new', isDone: progress.plans > 0 },
    { key: 'barangays', to: '/office/settings/places', isDone: progress.barangays > 0 },
    { key: 'subscribers', to: '/office/import', isDone: progress.subscribers > 0 },
    {
      key: 'staff',
      to: '/office/settings/staff',
      isDone: progress.members + progress.invitations > 1,
    },
  ] as const
}

/** The invoice day has a good answer from the start, so nobody must give another. */
export function isSetUp(progress: SetupProgress) {
  return setupSteps(progress).every((step) => step.isDone || step.key === 'billing_day')
}

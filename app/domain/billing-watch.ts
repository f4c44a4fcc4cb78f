/** What `billing_watch` answers. */
export type BillingWatch = {
  late: {
    period: string
    run_id: string | null
    state: 'missing' | 'running' | 'paused' | 'failed'
    last_error: string | null
    since: string
    seen_count: number
    expected_count: number
  } | null
  failing_jobs: Array<{ job: string; failed_at: string }>
  /** Since when nothing is issued, for nobody said which numbers a restore lost. */
  restored_at: string | null
}
